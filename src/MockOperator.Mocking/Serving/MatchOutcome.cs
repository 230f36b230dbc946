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
}
