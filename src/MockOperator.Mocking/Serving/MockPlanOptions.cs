using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>What besides the collection decides the answers of a mock. Every default is Postman's.</summary>
public sealed record MockPlanOptions
{
    /// <summary>How requests are compared with examples.</summary>
    public MatchingSpec? Matching { get; init; }

    /// <summary>Delay before every answer that comes from an example or is the server response.</summary>
    public DelaySpec? Delay { get; init; }

    /// <summary>The server response that is active: the answer to every call, or to a share of them (Postman matching, server responses). Null for none.</summary>
    public ServerResponseSpec? ServerResponse { get; init; }

    /// <summary>Seed of the dynamic variables; null for other values on every request.</summary>
    public long? Seed { get; init; }
}
