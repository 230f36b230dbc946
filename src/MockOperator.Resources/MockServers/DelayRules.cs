namespace MockOperator.Resources;

/// <summary>What a delay must satisfy.</summary>
public static class DelayRules
{
    /// <summary>The longest delay.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private const string Rule = "a duration from 0s to 3m such as 250ms, 2s or 1m30s is needed";

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
            problems.Add(new("delay", "delay takes exactly one of preset, fixed, and min with max"));
        }

        if (spec.Min is null != spec.Max is null)
        {
            problems.Add(new("delay", "min and max are given together"));
        }

        Check("delay.fixed", spec.Fixed, problems);
        Check("delay.min", spec.Min, problems);
        Check("delay.max", spec.Max, problems);
        if (TryRead(spec.Min, out TimeSpan shortest) && TryRead(spec.Max, out TimeSpan longest) && shortest > longest)
        {
            problems.Add(new("delay.min", "min is not more than max"));
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
