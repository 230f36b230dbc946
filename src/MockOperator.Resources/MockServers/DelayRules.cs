namespace MockOperator.Resources;

/// <summary>What a delay must satisfy.</summary>
public static class DelayRules
{
    /// <summary>The longest delay.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private const string OneKind = "delay takes exactly one of preset, fixed, and min with max";
    private const string BothBounds = "min and max are given together";
    private const string Ordered = "min is not more than max";
    private const string Rule = "a duration from 0s to 3m such as 250ms, 2s or 1m30s is needed";

    /// <summary>What is checked here, in CEL.</summary>
    public static IEnumerable<CelRule> Cel =>
    [
        new(".spec.delay", "(has(self.preset) ? 1 : 0) + (has(self.fixed) ? 1 : 0) + (has(self.min) || has(self.max) ? 1 : 0) == 1", OneKind),
        new(".spec.delay", "has(self.min) == has(self.max)", BothBounds),
        new(".spec.delay", "!has(self.min) || !has(self.max) || duration(self.min) <= duration(self.max)", Ordered, ".min"),
        .. CelOfTime(".spec.delay.fixed"),
        .. CelOfTime(".spec.delay.min"),
        .. CelOfTime(".spec.delay.max"),
    ];

    /// <summary>What is checked of one time, in CEL.</summary>
    internal static IEnumerable<CelRule> CelOfTime(string at) => [new(at, "duration(self) <= duration('3m')", "at most 3m")];

    /// <summary>Reads a delay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="delay">So long, when it is one.</param>
    /// <returns>Whether it is a duration of at most <see cref="Longest"/>.</returns>
    public static bool TryRead(string? text, out TimeSpan delay) => DurationText.TryParse(text, out delay) && delay <= Longest;

    /// <summary>Checks the delay of a mock.</summary>
    internal static void Check(DelaySpec? spec, List<SpecProblem> problems)
    {
        if (spec is null)
        {
            return;
        }

        int given = (spec.Preset is null ? 0 : 1) + (spec.Fixed is null ? 0 : 1) + (spec.Min is null && spec.Max is null ? 0 : 1);
        if (given != 1)
        {
            problems.Add(new("delay", OneKind));
        }

        if (spec.Min is null != spec.Max is null)
        {
            problems.Add(new("delay", BothBounds));
        }

        Check("delay.fixed", spec.Fixed, problems);
        Check("delay.min", spec.Min, problems);
        Check("delay.max", spec.Max, problems);
        if (TryRead(spec.Min, out TimeSpan shortest) && TryRead(spec.Max, out TimeSpan longest) && shortest > longest)
        {
            problems.Add(new("delay.min", Ordered));
        }
    }

    /// <summary>Checks one time; null is right.</summary>
    internal static void Check(string place, string? text, List<SpecProblem> problems)
    {
        if (text is not null && !TryRead(text, out _))
        {
            problems.Add(new(place, Rule));
        }
    }
}
