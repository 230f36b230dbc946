using System.Globalization;

namespace MockOperator.Resources;

/// <summary>Durations as Kubernetes writes them: <c>250ms</c>, <c>90s</c>, <c>10m</c>, <c>1h30m</c>; units h, m, s and ms, each at most once, in this order, whole numbers.</summary>
public static class DurationText
{
    /// <summary>The form as a regular expression, for schemas.</summary>
    public const string Pattern = "^([0-9]{1,5}h)?([0-9]{1,6}m)?([0-9]{1,7}s)?([0-9]{1,7}ms)?$";

    /// <summary>Parses a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration, not negative, when the text is one.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.IsNullOrEmpty(text))
            return false;

        var rest = text.AsSpan();
        var milliseconds = 0L;
        ReadOnlySpan<(string Unit, int Milliseconds, int Digits)> units = [("h", 3_600_000, 5), ("m", 60_000, 6), ("s", 1000, 7), ("ms", 1, 7)];
        foreach (var (unit, weight, digits) in units)
        {
            var length = rest.IndexOfAnyExceptInRange('0', '9');
            if (length < 1 || length > digits || UnitOf(rest[length..]) is var found && !found.SequenceEqual(unit))
                continue;
            milliseconds += int.Parse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture) * (long)weight;
            rest = rest[(length + unit.Length)..];
        }

        duration = TimeSpan.FromMilliseconds(milliseconds);
        return rest.IsEmpty;
    }

    // Up to the next number, so that the m of ms is not taken for minutes.
    private static ReadOnlySpan<char> UnitOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyInRange('0', '9');
        return end < 0 ? text : text[..end];
    }
}
