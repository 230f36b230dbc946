using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>
/// What is known of the content of a mock: counts and hashes, never the content itself, because this is kept for every mock.
/// </summary>
public sealed record MockContent
{
    /// <summary>Names everything that the content was made from: while it stays the same, nothing is read again.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What is served, as the status shows it.</summary>
    public ServedCollection? Collection { get; init; }

    /// <summary>The revision, or null when no bundle could be made.</summary>
    public string? Revision { get; init; }

    /// <summary>Number of examples that can be served.</summary>
    public int Examples { get; init; }

    /// <summary>Number of places that were not understood.</summary>
    public int Skipped { get; init; }

    /// <summary>Number of examples that can never be served, because another one always wins.</summary>
    public int Shadowed { get; init; }

    /// <summary>The first place that was not understood.</summary>
    public string? FirstIssue { get; init; }

    /// <summary>Number of ConfigMaps of the bundle.</summary>
    public int ConfigMaps { get; init; }

    /// <summary>The default memory that the content needs.</summary>
    public int MemoryStep { get; init; }

    /// <summary>The user's Secrets to mount.</summary>
    public IReadOnlyList<MountedSecret> Secrets { get; init; } = [];

    /// <summary>Why the collection cannot be served, or null.</summary>
    public Unresolved? CollectionProblem { get; init; }

    /// <summary>Why the environment is not complete, or null.</summary>
    public Unresolved? EnvironmentProblem { get; init; }

    /// <summary>Whether a bundle could be made.</summary>
    public bool IsServable => Revision is not null;
}
