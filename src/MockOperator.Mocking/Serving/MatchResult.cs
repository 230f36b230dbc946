using System.Diagnostics.CodeAnalysis;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Serving;

/// <summary>The answer of the engine to one call.</summary>
public readonly struct MatchResult
{
    internal MatchResult(MatchOutcome outcome, PreparedResponse? response, Captures captures, Selection selection, TimeSpan delay)
    {
        Outcome = outcome;
        Response = response;
        Captures = captures;
        Score = selection.Score;
        IsSimilar = selection.IsSimilar;
        Delay = delay;
    }

    internal MatchResult(RequestExcess excess)
    {
        Outcome = MatchOutcome.TooMuch;
        Excess = excess;
    }

    /// <summary>How the call ended.</summary>
    public MatchOutcome Outcome { get; }

    /// <summary>What of the call is too much; <see cref="RequestExcess.None"/> unless the outcome says so.</summary>
    public RequestExcess Excess { get; }

    /// <summary>What to send; null when nothing matched, then <see cref="MockPlan.WriteError"/> writes the body of the 404.</summary>
    public PreparedResponse? Response { get; }

    /// <summary>What the wildcards of the winner stand for. Empty when the response is static: nothing would read them.</summary>
    public Captures Captures { get; }

    /// <summary>Score of the winner: 60 to 115 in Postman's scale; 0 when it was chosen by name or id, or nothing matched.</summary>
    public double Score { get; }

    /// <summary>How long to wait before sending, 0 to 180 s. Errors are not delayed.</summary>
    public TimeSpan Delay { get; }

    /// <summary>Whether the last resort was taken.</summary>
    internal bool IsSimilar { get; }

    /// <summary>Whether there is a response to send.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    public bool HasResponse => Response is not null;
}
