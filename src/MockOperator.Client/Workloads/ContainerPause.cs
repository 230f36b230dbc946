namespace MockOperator.Client.Workloads;

/// <summary>Why a container does not run.</summary>
public sealed class ContainerPause
{
    /// <summary>In a word.</summary>
    public string? Reason { get; set; }

    /// <summary>For people.</summary>
    public string? Message { get; set; }

    /// <summary>With what it ended.</summary>
    public int ExitCode { get; set; }
}
