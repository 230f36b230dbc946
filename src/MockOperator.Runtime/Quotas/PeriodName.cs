using System.Globalization;

namespace MockOperator.Runtime.Quotas;

/// <summary>What the name of a period says about how long it lasts: <c>2026-11</c>, <c>2026-W48</c>, <c>2026-11-26</c>, <c>2026-11-26T17+0000</c>.</summary>
internal static class PeriodName
{
    private const int SecondsOfHour = 3600;
    private const int SecondsOfDay = 24 * SecondsOfHour;
    private const int LengthOfMonth = 7;
    private const int LengthOfDay = 10;

    /// <summary>The kind of the period, as in "calls a month".</summary>
    public static string Kind(string period) => period switch
    {
        _ when period.Contains('T', StringComparison.Ordinal) => "hour",
        _ when period.Contains('W', StringComparison.Ordinal) => "week",
        { Length: LengthOfMonth } => "month",
        { Length: LengthOfDay } => "day",
        _ => "period",
    };

    /// <summary>Seconds that it lasts, changes of the clock left out; 0 when the name does not say.</summary>
    public static int Seconds(string period) => Kind(period) switch
    {
        "hour" => SecondsOfHour,
        "day" => SecondsOfDay,
        "week" => 7 * SecondsOfDay,
        "month" when DateTime.TryParseExact(period, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime month) =>
            DateTime.DaysInMonth(month.Year, month.Month) * SecondsOfDay,
        _ => 0,
    };
}
