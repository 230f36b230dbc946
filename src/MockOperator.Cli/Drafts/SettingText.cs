using System.Globalization;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Mocks;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>Settings of mocks as they are written on a command line.</summary>
internal static class SettingText
{
    /// <summary>How a delay is written.</summary>
    public const string DelayForm = "2G, 3G, a time such as 250ms, or a range such as 100ms-2s";

    /// <summary>How a quota is written.</summary>
    public const string QuotaForm = "calls and a period, such as 1000/Month, 100/Day";

    /// <summary>How a rate limit is written.</summary>
    public const string RateLimitForm = "calls and a time, such as 120/1m, 10/s";

    /// <summary>What takes a setting away.</summary>
    public const string None = "none";

    /// <summary>Reads a delay. Whether its times are within bounds is for the rules of specs to say.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static DelaySpec Delay(string text)
    {
        switch (text.ToUpperInvariant())
        {
            case "2G":
                return new DelaySpec { Preset = DelayPreset.TwoG };
            case "3G":
                return new DelaySpec { Preset = DelayPreset.ThreeG };
        }

        var bounds = text.Split('-');
        return Array.Exists(bounds, static bound => !DelayRules.TryRead(bound, out _)) || bounds.Length > 2
            ? throw new CommandException($"'{text}' is no delay: {DelayForm}; at most 3m.")
            : bounds.Length == 1 ? new DelaySpec { Fixed = text } : new DelaySpec { Min = bounds[0], Max = bounds[1] };
    }

    /// <summary>Reads a quota.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static MockQuotaShorthand Quota(string text)
    {
        var parts = text.Split('/');
        return parts.Length <= 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var calls)
            && Period(parts.ElementAtOrDefault(1)) is { } period
            ? new MockQuotaShorthand { Calls = calls, Period = period }
            : throw new CommandException($"'{text}' is no quota: {QuotaForm}; the periods are Month, Week, Day and Hour.");
    }

    /// <summary>Reads a rate limit. Whether its time is within bounds is for the rules of specs to say.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static RateLimitSpec RateLimit(string text)
    {
        var parts = text.Split('/');
        var per = parts.ElementAtOrDefault(1) is { } given ? given is [not (>= '0' and <= '9'), ..] ? "1" + given : given : null;
        return parts.Length <= 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
            && (per is null || DurationText.TryParse(per, out _))
            ? new RateLimitSpec { Requests = requests, Per = per }
            : throw new CommandException($"'{text}' is no rate limit: {RateLimitForm}; the time is 1s to 24h.");
    }

    /// <summary>Reads a share of calls.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static int Share(string text) =>
        int.TryParse(text.EndsWith('%') ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share is >= 1 and <= ServerResponseRules.WholeShare
            ? share
            : throw new CommandException($"'{text}' is no share of calls: a percentage from 1% to {ServerResponseRules.WholeShare}%.");

    /// <summary>Reads where a URL is saved.</summary>
    /// <exception cref="CommandException">It is no such place.</exception>
    public static ConfigMapKeyReference SavedUrl(string text) => text.Split('/') is [{ Length: > 0 } name, { Length: > 0 } key]
        ? new ConfigMapKeyReference { Name = name, Key = key }
        : throw new CommandException($"'{text}' is no place for a URL: a ConfigMap and a key of it, such as app-settings/USERS_URL.");

    /// <summary>Reads a header.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static HeaderSpec Header(string text) => HeaderLine.TryRead(text, out var header)
        ? header
        : throw new CommandException($"'{Printable.Line(text)}' is no header: name and value with a colon between them, such as 'Content-Type: text/plain'.");

    private static QuotaPeriod? Period(string? text) => text?.ToUpperInvariant() switch
    {
        null or "MONTH" => QuotaPeriod.Month,
        "WEEK" => QuotaPeriod.Week,
        "DAY" => QuotaPeriod.Day,
        "HOUR" => QuotaPeriod.Hour,
        _ => null,
    };
}
