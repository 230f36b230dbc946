using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Cors;
using MockOperator.Runtime.Metrics;

namespace MockOperator.Runtime.Content;

/// <summary>What a mock serves at one time: immutable, replaced as a whole, so that a request sees one content from its first byte to its last.</summary>
/// <param name="Revision">Names the content.</param>
/// <param name="Plan">Finds the answers.</param>
/// <param name="Values">Chance and time for dynamic values.</param>
/// <param name="Collection">Name of the collection, for people; empty when it has none.</param>
/// <param name="Cors">What pages of other origins are told.</param>
/// <param name="Gate">Who may call.</param>
/// <param name="Prefixes">Path prefixes of requests from outside.</param>
internal sealed record MockContent(string Revision, MockPlan Plan, ValueSource Values, string Collection, CorsPolicy Cors, ApiKeyGate Gate, PathPrefixes Prefixes)
{
    /// <summary>Counts how often its examples are sent.</summary>
    public ExampleUsage Usage { get; } = new(Plan);

    /// <summary>The quotas that count the calls.</summary>
    public IReadOnlyList<QuotaReference> Quotas { get; init; } = [];

    /// <summary>What is remembered of calls.</summary>
    public CallLogSettings CallLog { get; init; } = CallLogSettings.Of(null, ApiKeyRules.DefaultHeader);

    /// <summary>The rate limit; null for none.</summary>
    public RateLimitSpec? RateLimit { get; init; }
}
