namespace MockOperator.Runtime.Bundles;

/// <summary>What the control port can say of the bundle: what is served, and what stands in the way of something newer.</summary>
internal sealed record BundleState
{
    /// <summary>Before anything was read.</summary>
    public static BundleState Initial { get; } = new();

    /// <summary>The revision that is served; null when none is.</summary>
    public string? Revision { get; init; }

    /// <summary>Number of examples that are served.</summary>
    public int Examples { get; init; }

    /// <summary>Why what lies in the directory is not served; null when it is.</summary>
    public string? Problem { get; init; }

    /// <summary>The revision that <see cref="Problem"/> speaks of; null when it cannot even be told.</summary>
    public string? ProblemRevision { get; init; }

    /// <summary>Whether <see cref="Problem"/> stays until somebody edits something; otherwise files are still on their way.</summary>
    public bool IsProblemFinal { get; init; }

    /// <summary>Why the mock, which is private, refuses every call; null when it does not.</summary>
    public string? KeyProblem { get; init; }

    /// <summary>Lower-case hex SHA-256 of the token that opens the control port; null when it is closed.</summary>
    public string? ControlTokenHash { get; init; }

    /// <summary>Whether somebody who waits for a revision need not wait any longer.</summary>
    public bool Settles(string revision) => Revision == revision || (IsProblemFinal && ProblemRevision == revision);
}
