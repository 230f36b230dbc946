namespace MockOperator.Client.Workloads;

/// <summary>A port of a Service.</summary>
public sealed class ServicePort
{
    /// <summary>The port.</summary>
    public int Port { get; set; }
}
