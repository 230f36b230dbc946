namespace MockOperator.Client.Calls;

/// <summary>Calls of all pods of a mock, newest first.</summary>
public sealed record CallListing
{
    /// <summary>The calls.</summary>
    public required IReadOnlyList<PodCall> Calls { get; init; }

    /// <summary>Where the next listing begins; null when all have been given.</summary>
    public string? Next { get; init; }

    /// <summary>Pods that did not say what they remember, or not to the end. Calls of theirs may be missing.</summary>
    public required IReadOnlyList<SilentPod> Silent { get; init; }

    /// <summary>Pods that were found.</summary>
    public required int Pods { get; init; }

    /// <summary>Whether only pods were asked that are the mock's by their owners. False where the caller may not read those, and the labels had to do.</summary>
    public required bool OwnersAreKnown { get; init; }

    /// <summary>Calls that the pods remember, whether or not they were asked for.</summary>
    public long Remembered { get; init; }

    /// <summary>Calls that made room for others in the pods.</summary>
    public long Dropped { get; init; }
}
