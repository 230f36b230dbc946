using MockOperator.Operator.Content;

namespace MockOperator.Operator.Publishing;

/// <summary>What came of publishing a mock's URL.</summary>
/// <param name="Problem">Why the URL is not where the spec asks for it; null when it is, or when nothing is asked for.</param>
public sealed record PublishOutcome(Unresolved? Problem)
{
    /// <summary>The URL is where it belongs.</summary>
    public static PublishOutcome Done { get; } = new((Unresolved?)null);

    /// <summary>When to look again at what no watch tells, or null.</summary>
    public TimeSpan? LookAgain { get; init; }

    /// <summary>The URL to publish is one outside the cluster, and there is none yet. The mock is looked at again when that changes.</summary>
    public static PublishOutcome NotExposed(string message) => new(new Unresolved("NotExposed", message));

    /// <summary>Somebody else has the key.</summary>
    public static PublishOutcome Conflict(string message) => new(new Unresolved("PublishConflict", message));

    /// <summary>The API server does not let the operator write.</summary>
    public static PublishOutcome Refused(string message) => new(new Unresolved("PublishRefused", message));
}
