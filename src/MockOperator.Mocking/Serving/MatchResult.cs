using System.Diagnostics.CodeAnalysis;
using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Serving;

/// <summary>The answer of the engine to one call.</summary>
public readonly struct MatchResult
{
    internal MatchResult(MatchOutcome outcome, PreparedResponse? response, Captures captures, double score, TimeSpan delay)
    {
        Outcome = outcome;
        Response = response;
        Captures = captures;
        Score = score;
        Delay = delay;
    }

    /// <summary>How the call ended.</summary>
    public MatchOutcome Outcome { get; }

    /// <summary>What to send; null when nothing matched, then <see cref="MockPlan.WriteError"/> writes the body of the 404.</summary>
    public PreparedResponse? Response { get; }

    /// <summary>What the wildcards of the winner stand for. Empty when the response is static: nothing would read them.</summary>
    public Captures Captures { get; }

    /// <summary>Score of the winner: 60 to 115 in Postman's scale; 0 when it was chosen by name or id, or nothing matched.</summary>
    public double Score { get; }

    /// <summary>How long to wait before sending, 0 to 180 s. Errors are not delayed.</summary>
    public TimeSpan Delay { get; }

    /// <summary>Whether there is a response to send.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    public bool HasResponse => Response is not null;
}
