using MockOperator.Resources;

namespace MockOperator.Cli.Status;

/// <summary>All that is known of a mock and what belongs to it.</summary>
internal sealed record StatusReport
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>In one word.</summary>
    public required string State { get; init; }

    /// <summary>What is wrong and what helps, the most important first.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public string? Url { get; init; }

    public string? ExternalUrl { get; init; }

    public string? Collection { get; init; }

    public int? Examples { get; init; }

    public int? Skipped { get; init; }

    public int? Shadowed { get; init; }

    public required bool Private { get; init; }

    /// <summary>The Secret whose entries are the keys; null for a public mock.</summary>
    public string? KeySecret { get; init; }

    /// <summary>What takes the place of examples now; null for nothing.</summary>
    public string? RespondsWith { get; init; }

    /// <summary>Who keeps the object as a repository says; null for nobody.</summary>
    public string? KeptBy { get; init; }

    public string? Revision { get; init; }

    public required IReadOnlyList<Condition> Conditions { get; init; }

    public required IReadOnlyList<QuotaState> Quotas { get; init; }

    public required IReadOnlyList<ChildState> Children { get; init; }

    public required IReadOnlyList<PodState> Pods { get; init; }

    /// <summary>What could not be looked at, and why.</summary>
    public required IReadOnlyList<string> Unseen { get; init; }
}
