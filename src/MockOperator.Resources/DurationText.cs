using System.Globalization;

namespace MockOperator.Resources;

/// <summary>Durations as Kubernetes writes them: <c>90s</c>, <c>10m</c>, <c>1h30m</c>; units h, m and s, each at most once, in this order, whole numbers.</summary>
public static class DurationText
{
    /// <summary>The form as a regular expression, for schemas.</summary>
    public const string Pattern = "^([0-9]{1,5}h)?([0-9]{1,6}m)?([0-9]{1,7}s)?$";

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
        var seconds = 0L;
        ReadOnlySpan<(char Unit, int Seconds, int Digits)> units = [('h', 3600, 5), ('m', 60, 6), ('s', 1, 7)];
        foreach (var (unit, weight, digits) in units)
        {
            var length = rest.IndexOfAnyExceptInRange('0', '9');
            if (length < 1 || length > digits || rest[length] != unit)
                continue;
            seconds += int.Parse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture) * (long)weight;
            rest = rest[(length + 1)..];
        }

        duration = TimeSpan.FromSeconds(seconds);
        return rest.IsEmpty;
    }
}
