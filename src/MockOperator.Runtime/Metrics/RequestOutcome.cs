namespace MockOperator.Runtime.Metrics;

/// <summary>How a request ended, as the label <c>outcome</c> of <c>mock_requests_total</c> says it.</summary>
internal enum RequestOutcome
{
    /// <summary><c>matched</c>: an example was sent.</summary>
    Matched,

    /// <summary><c>unauthorized</c>: the mock is private and the caller showed no key of it.</summary>
    Unauthorized,

    /// <summary><c>no_match</c>: no example fits.</summary>
    NoMatch,

    /// <summary><c>no_example</c>: a saved request fits that has no example.</summary>
    NoExample,

    /// <summary><c>server_response</c>: a simulated outage.</summary>
    ServerResponse,

    /// <summary><c>explained</c>: the table of scores was asked for.</summary>
    Explained,

    /// <summary><c>rejected</c>: the request is broken or a limit was reached.</summary>
    Rejected,

    /// <summary><c>aborted</c>: the client left before the answer.</summary>
    Aborted,

    /// <summary><c>error</c>: a fault of ours.</summary>
    Error,
}
