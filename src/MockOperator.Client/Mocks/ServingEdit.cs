using MockOperator.Client.Documents;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>How a mock serves, beside what it answers with: how it matches, how often it may be called, which pages may call it, and what leads to it. What is null stays as it is.</summary>
public sealed record ServingEdit
{
    /// <summary>How requests are compared with examples.</summary>
    public MatchingEdit? Matching { get; init; }

    /// <summary>How many calls a short time has; one without any field set removes it.</summary>
    public RateLimitSpec? RateLimit { get; init; }

    /// <summary>How many calls a period has; one without any field set removes it.</summary>
    public MockQuotaShorthand? Quota { get; init; }

    /// <summary>Which pages of other origins may call.</summary>
    public CorsEdit? Cors { get; init; }

    /// <summary>The Ingress that leads to it.</summary>
    public IngressEdit? Ingress { get; init; }

    /// <summary>A spec after the edit; what the edit leaves alone is the same object.</summary>
    /// <exception cref="DocumentException">It cannot be: the message names the field.</exception>
    internal MockServerSpec Apply(MockServerSpec before) => before with
    {
        Matching = Matching is null ? before.Matching : Matching.Apply(before.Matching),
        RateLimit = RateLimit is null || Same(before.RateLimit, RateLimit) ? before.RateLimit : NullIfEmpty(RateLimit),
        Quota = Quota is null || Same(before.Quota, Quota) ? before.Quota : NullIfEmpty(Quota),
        Cors = Cors is null ? before.Cors : Cors.Apply(before.Cors),
        Ingress = Ingress is null ? before.Ingress : Ingress.Apply(before.Ingress),
    };

    private static RateLimitSpec? NullIfEmpty(RateLimitSpec limit) => limit == new RateLimitSpec() ? null : limit;

    private static MockQuotaShorthand? NullIfEmpty(MockQuotaShorthand quota) => quota == new MockQuotaShorthand() ? null : quota;

    // Sixty seconds are a minute, however they are written, and a minute is what nothing says as well.
    private static bool Same(RateLimitSpec? before, RateLimitSpec after) => before is not null && before.Requests == after.Requests && Per(before) == Per(after);

    private static TimeSpan? Per(RateLimitSpec limit) => limit.Per is null ? RateLimitRules.DefaultPer : DurationText.TryParse(limit.Per, out var time) ? time : null;

    private static bool Same(MockQuotaShorthand? before, MockQuotaShorthand after) =>
        before is not null && before.Calls == after.Calls && (before.Period ?? MockQuotaRules.DefaultPeriod) == (after.Period ?? MockQuotaRules.DefaultPeriod);
}
