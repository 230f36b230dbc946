namespace MockOperator.Resources;

/// <summary>What a <see cref="RateLimitSpec"/> must satisfy, and its default.</summary>
public static class RateLimitRules
{
    /// <summary>Most calls that may be passed to <see cref="RateLimitSpec.Requests"/>.</summary>
    public const long MaxRequests = 1_000_000_000;

    /// <summary>The time in which the calls are filled up again when nothing is said.</summary>
    public static readonly TimeSpan DefaultPer = TimeSpan.FromMinutes(1);

    /// <summary>The shortest time.</summary>
    public static readonly TimeSpan ShortestPer = TimeSpan.FromSeconds(1);

    /// <summary>The longest time.</summary>
    public static readonly TimeSpan LongestPer = TimeSpan.FromHours(24);

    /// <summary>What is checked here, in CEL.</summary>
    public static IEnumerable<CelRule> Cel => [new(".spec.rateLimit.per", "duration(self) >= duration('1s') && duration(self) <= duration('24h')", "1s to 24h")];

    /// <summary>Checks a spec.</summary>
    /// <param name="spec">The spec; null is the default, no limit, and right.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(RateLimitSpec? spec)
    {
        if (spec is null)
        {
            return [];
        }

        var problems = new List<SpecProblem>();
        if (spec.Requests is not (>= 1 and <= MaxRequests))
        {
            problems.Add(new("rateLimit.requests", $"the number of calls is needed, 1 to {MaxRequests}; to refuse every call set quota.calls to 0"));
        }

        if (spec.Per is { } per && (!DurationText.TryParse(per, out TimeSpan time) || time < ShortestPer || time > LongestPer))
        {
            problems.Add(new("rateLimit.per", "a duration from 1s to 24h such as 1s, 10m or 1h30m is needed"));
        }

        return problems;
    }
}
