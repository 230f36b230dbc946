using System.Globalization;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Calls;

/// <summary>A moment as people type it: <c>5m</c>, <c>2h30m</c>, <c>1d</c> ago, or RFC 3339.</summary>
internal static class Moment
{
    /// <summary>Reads one.</summary>
    /// <param name="option">The option, for the error.</param>
    /// <param name="text">What was typed; null gives null.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CommandException">It is neither.</exception>
    public static DateTimeOffset? Read(string option, string? text, TimeProvider time)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Span(text) is { } span)
            return time.GetUtcNow() is var now && now - DateTimeOffset.UnixEpoch > span ? now - span : DateTimeOffset.UnixEpoch;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && text.Length >= 10
            ? moment
            : throw new CommandException($"{option} '{text}' is neither a span such as 5m, 2h30m or 1d nor a time such as 2026-11-27T06:30:00Z.");
    }

    private static TimeSpan? Span(string text)
    {
        var span = TimeSpan.Zero;
        for (var rest = text; rest.Length > 0;)
        {
            var digits = rest.TakeWhile(char.IsAsciiDigit).Count();
            if (digits is 0 or > 6 || digits == rest.Length)
                return null;
            var number = int.Parse(rest[..digits], CultureInfo.InvariantCulture);
            switch (rest[digits])
            {
                case 's': span += TimeSpan.FromSeconds(number); break;
                case 'm': span += TimeSpan.FromMinutes(number); break;
                case 'h': span += TimeSpan.FromHours(number); break;
                case 'd': span += TimeSpan.FromDays(number); break;
                default: return null;
            }

            rest = rest[(digits + 1)..];
        }

        return span;
    }
}
