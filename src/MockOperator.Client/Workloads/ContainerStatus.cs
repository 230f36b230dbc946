namespace MockOperator.Client.Workloads;

/// <summary>How a container is.</summary>
public sealed class ContainerStatus
{
    /// <summary>Whether it can be called.</summary>
    public bool Ready { get; set; }

    /// <summary>How often it was started again.</summary>
    public int RestartCount { get; set; }

    /// <summary>What it does now.</summary>
    public ContainerState? State { get; set; }

    /// <summary>How it ended before.</summary>
    public ContainerState? LastState { get; set; }
}
