namespace MockOperator.Cli.Terminal;

/// <summary>Spans of time as kubectl writes them, as exact as they matter: <c>45s</c>, <c>3m20s</c>, <c>47h</c>, <c>8d</c> (k8s.io/apimachinery/pkg/util/duration).</summary>
internal static class Age
{
    /// <summary>The time since a moment.</summary>
    public static string Since(DateTimeOffset? moment, TimeProvider time) => moment is { } then ? Of(time.GetUtcNow() - then) : "<unknown>";

    /// <summary>The time since a moment, in the past or to come in UTC.</summary>
    public static string Since(DateTime? moment, TimeProvider time) => Since(moment is { } then ? new DateTimeOffset(DateTime.SpecifyKind(then, DateTimeKind.Utc)) : (DateTimeOffset?)null, time);

    /// <summary>A span of time; one that has not begun is <c>0s</c>.</summary>
    public static string Of(TimeSpan span)
    {
        var seconds = (long)Math.Max(0, span.TotalSeconds);
        var (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
        return (seconds, minutes, hours, days) switch
        {
            ( < 120, _, _, _) => $"{seconds}s",
            (_, < 10, _, _) => Two(minutes, "m", seconds % 60, "s"),
            (_, < 180, _, _) => $"{minutes}m",
            (_, _, < 8, _) => Two(hours, "h", minutes % 60, "m"),
            (_, _, < 48, _) => $"{hours}h",
            (_, _, _, < 8) => Two(days, "d", hours % 24, "h"),
            (_, _, _, < 365 * 2) => $"{days}d",
            (_, _, _, < 365 * 8) => Two(days / 365, "y", days % 365, "d"),
            _ => $"{days / 365}y",
        };
    }

    private static string Two(long large, string one, long small, string other) => small == 0 ? $"{large}{one}" : $"{large}{one}{small}{other}";
}
