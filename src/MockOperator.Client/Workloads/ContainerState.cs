namespace MockOperator.Client.Workloads;

/// <summary>What a container does, or did.</summary>
public sealed class ContainerState
{
    /// <summary>What it waits for; null when it does not.</summary>
    public ContainerPause? Waiting { get; set; }

    /// <summary>How it ended; null when it did not.</summary>
    public ContainerPause? Terminated { get; set; }
}
