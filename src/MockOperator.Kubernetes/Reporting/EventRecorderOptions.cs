namespace MockOperator.Kubernetes.Reporting;

/// <summary>How events are merged and paced.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>Who reports: <c>reportingController</c>.</summary>
    public required string Controller { get; init; }

    /// <summary>Which of its processes: <c>reportingInstance</c>, at most 128 characters.</summary>
    public required string Instance { get; init; }

    /// <summary>Namespace for events about objects of the cluster.</summary>
    public string DefaultNamespace { get; init; } = "default";

    /// <summary>Events that may wait; beyond that the oldest are dropped.</summary>
    public int Capacity { get; init; } = 1000;

    /// <summary>Repeats within this time of the last one are merged into a series.</summary>
    public TimeSpan SeriesWindow { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>The series of an event is written at most this often.</summary>
    public TimeSpan SeriesInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Series remembered; beyond that the oldest is forgotten and its next repeat is a new event.</summary>
    public int Series { get; init; } = 4096;
}
