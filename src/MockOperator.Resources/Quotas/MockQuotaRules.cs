namespace MockOperator.Resources;

/// <summary>
/// What a MockQuota must satisfy; see <see cref="MockServerRules"/> for why it is said twice. Which time zones there are is not known here: whoever divides time by them refuses others.
/// </summary>
public static class MockQuotaRules
{
    /// <summary>Longest name: callers are told it.</summary>
    public const int LongestName = 63;

    /// <summary>The period when nothing is said.</summary>
    public const QuotaPeriod DefaultPeriod = QuotaPeriod.Month;

    /// <summary>The time zone when nothing is said.</summary>
    public const string DefaultTimeZone = "UTC";

    /// <summary>Most entries of <see cref="MockQuotaSpec.WarnAt"/>.</summary>
    public const int MaxWarnings = 10;

    private const int LongestTimeZone = 64;

    /// <summary>The percentages when nothing is said.</summary>
    public static IReadOnlyList<int> DefaultWarnAt { get; } = [80];

    /// <summary>What is checked here, in CEL.</summary>
    public static IEnumerable<CelRule> Cel => [new("", "size(self.metadata.name) <= 63", NameRule)];

    private static string NameRule => $"callers are told the name of the quota: at most {LongestName} characters";

    /// <summary>Checks a quota.</summary>
    /// <param name="name">Its <c>metadata.name</c>.</param>
    /// <param name="spec">Its spec.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(string name, MockQuotaSpec spec)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new List<SpecProblem>();
        if (name.Length is 0 or > LongestName)
        {
            problems.Add(new("metadata.name", NameRule));
        }

        CheckCalls("", spec.Calls, problems);
        CheckPeriod("", spec.Period, problems);
        if (spec.TimeZone is { } zone && !IsZoneName(zone))
        {
            problems.Add(new("timeZone", "the name of a time zone of the IANA database is needed, such as Europe/Berlin or UTC"));
        }

        if (spec.OnExhaustedGrant is { } onExhaustedGrant && !Enum.IsDefined(onExhaustedGrant))
        {
            problems.Add(new("onExhaustedGrant", "Refuse or Allow"));
        }

        CheckWarnings(spec.WarnAt, problems);
        MockSelectorRules.Check("selector", spec.Selector, problems);
        return problems;
    }

    /// <summary>Checks the quota of one mock alone.</summary>
    internal static void Check(MockQuotaShorthand? quota, List<SpecProblem> problems)
    {
        if (quota is not null)
        {
            CheckCalls("quota.", quota.Calls, problems);
            CheckPeriod("quota.", quota.Period, problems);
        }
    }

    private static void CheckCalls(string place, long? calls, List<SpecProblem> problems)
    {
        if (calls is not (>= 0 and <= MockQuotaSpec.MaxCalls))
        {
            problems.Add(new(place + "calls", $"the number of calls in a period is needed, 0 to {MockQuotaSpec.MaxCalls}; 0 refuses every call"));
        }
    }

    private static void CheckPeriod(string place, QuotaPeriod? period, List<SpecProblem> problems)
    {
        if (period is { } given && !Enum.IsDefined(given))
        {
            problems.Add(new(place + "period", "Month, Week, Day or Hour"));
        }
    }

    private static void CheckWarnings(IReadOnlyList<int>? warnAt, List<SpecProblem> problems)
    {
        if (warnAt is null)
        {
            return;
        }

        if (warnAt.Count > MaxWarnings)
        {
            problems.Add(new("warnAt", $"at most {MaxWarnings} percentages"));
        }

        var seen = new HashSet<int>();
        for (int index = 0; index < warnAt.Count && index < MaxWarnings; index++)
        {
            if (warnAt[index] is < 1 or > 100)
            {
                problems.Add(new($"warnAt[{index}]", "a percentage of calls is needed, 1 to 100"));
            }
            else if (!seen.Add(warnAt[index]))
            {
                problems.Add(new($"warnAt[{index}]", $"{warnAt[index]} is there twice: leave one out"));
            }
        }
    }

    private static bool IsZoneName(string zone) =>
        zone.Length <= LongestTimeZone
        && char.IsAsciiLetter(zone.FirstOrDefault())
        && zone.Split('/') is { Length: <= 4 } parts
        && parts.All(static part => part.Length > 0 && part.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '+' or '-'));
}
