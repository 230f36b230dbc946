namespace MockOperator.Mocking.Serving;

/// <summary>How a call ended.</summary>
public enum MatchOutcome
{
    /// <summary>No example fits: 404, "No matching requests".</summary>
    NoMatch,

    /// <summary>Only a saved request without any example fits: 404, "You need an example".</summary>
    RequestWithoutExample,

    /// <summary>An example answers.</summary>
    Matched,

    /// <summary>A simulated outage answers every call.</summary>
    ServerResponse,

    /// <summary>Matching was given up: the call is more than it may be, or than the budget that it was given. <see cref="MatchResult.Excess"/> says what of it.</summary>
    TooMuch,
}
