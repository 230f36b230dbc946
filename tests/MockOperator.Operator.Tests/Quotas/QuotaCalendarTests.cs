using System.Globalization;
using CsCheck;
using MockOperator.Operator.Quotas;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Quotas;

public sealed class QuotaCalendarTests
{
    // Clocks that are set by an hour and by half of one, offsets of halves and quarters, a day left out, midnights that come twice or never, half a world on either side, and one that is never set.
    private static readonly string[] s_zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Kwajalein", "America/Sao_Paulo",
        "America/Havana", "America/St_Johns", "Africa/Cairo", "Asia/Tehran", "Asia/Beirut", "Pacific/Chatham", "Etc/GMT+12", "Africa/Casablanca", "Europe/Dublin",
    ];

    private static readonly Gen<(string Zone, QuotaPeriod Period, DateTimeOffset Time)> s_moments = Gen.Select(
        Gen.Int[0, s_zones.Length - 1].Select(static index => s_zones[index]),
        Gen.Int[0, 3].Select(static index => (QuotaPeriod)index),
        Gen.Long[Time("1973-01-01T00:00:00Z").ToUnixTimeSeconds(), Time("2099-12-31T00:00:00Z").ToUnixTimeSeconds()].Select(DateTimeOffset.FromUnixTimeSeconds));

    [Fact]
    public void A_moment_is_in_its_period_and_so_are_the_first_and_the_last_of_it() => s_moments.Sample(static it =>
    {
        QuotaCalendar calendar = Of(it.Zone, it.Period);
        QuotaWindow window = calendar.At(it.Time);

        return window.Start <= it.Time && it.Time < window.End
            && calendar.At(window.Start) == window
            && calendar.At(window.End.AddTicks(-1)) == window;
    });

    [Fact]
    public void Periods_follow_each_other_without_gap_or_overlap() => s_moments.Sample(static it =>
    {
        QuotaCalendar calendar = Of(it.Zone, it.Period);
        QuotaWindow window = calendar.At(it.Time);

        return calendar.At(window.End).Start == window.End && calendar.At(window.Start.AddTicks(-1)).End == window.Start;
    });

    [Fact]
    public void Names_are_unique_and_those_of_a_kind_are_as_long_as_each_other() => s_moments.Sample(
        static it => Walk(it.Zone, it.Period, it.Time, 60).Select(static window => window.Name).ToHashSet(StringComparer.Ordinal) is { Count: 60 } names
            && names.Select(static name => name.Length).Distinct().Count() == 1,
        iter: 300);

    [Fact]
    public void Names_sort_as_time_goes_but_for_an_hour_that_comes_twice() => s_moments.Sample(
        static it => Walk(it.Zone, it.Period, it.Time, 60).Zip(Walk(it.Zone, it.Period, it.Time, 61).Skip(1)).All(pair =>
            string.CompareOrdinal(Clock(pair.First.Name), Clock(pair.Second.Name)) < 0
            || (it.Period == QuotaPeriod.Hour && OffsetOf(pair.First.Name) > OffsetOf(pair.Second.Name))),
        iter: 300);

    [Fact]
    public void Every_day_of_half_a_century_is_there()
    {
        foreach (string zone in s_zones)
        {
            QuotaCalendar days = Of(zone, QuotaPeriod.Day);
            DateTimeOffset end = Time("2040-01-01T00:00:00Z");
            string before = "";
            for (QuotaWindow day = days.At(Time("1990-01-01T00:00:00Z")); day.Start < end; day = days.At(day.End))
            {
                Assert.True(string.CompareOrdinal(before, day.Name) < 0, $"{zone}: {day.Name} after {before}");
                Assert.Equal(day, days.At(day.End.AddTicks(-1)));
                before = day.Name;
                Assert.InRange(day.End - day.Start, TimeSpan.FromHours(21), TimeSpan.FromHours(27));
            }
        }
    }

    [Theory]
    [InlineData("UTC", QuotaPeriod.Month, "2026-11-26T17:30:00Z", "2026-11", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("UTC", QuotaPeriod.Week, "2026-11-26T17:30:00Z", "2026-W48", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("UTC", QuotaPeriod.Day, "2026-11-26T17:30:00Z", "2026-11-26", "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z")]
    [InlineData("UTC", QuotaPeriod.Hour, "2026-11-26T17:30:00Z", "2026-11-26T17+0000", "2026-11-26T17:00:00Z", "2026-11-26T18:00:00Z")]
    [InlineData("Europe/Berlin", QuotaPeriod.Month, "2026-10-31T23:00:00Z", "2026-11", "2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z")]
    [InlineData("America/New_York", QuotaPeriod.Month, "2026-11-30T23:59:59Z", "2026-11", "2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z")]
    // The year of a week is that of its Thursday.
    [InlineData("UTC", QuotaPeriod.Week, "2027-01-01T00:00:00Z", "2026-W53", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z")]
    [InlineData("UTC", QuotaPeriod.Week, "2024-12-30T00:00:00Z", "2025-W01", "2024-12-30T00:00:00Z", "2025-01-06T00:00:00Z")]
    // The day has 25 hours, of which two are called two o'clock.
    [InlineData("Europe/Berlin", QuotaPeriod.Day, "2026-10-25T12:00:00Z", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("Europe/Berlin", QuotaPeriod.Hour, "2026-10-25T00:30:00Z", "2026-10-25T02+0200", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("Europe/Berlin", QuotaPeriod.Hour, "2026-10-25T01:30:00Z", "2026-10-25T02+0100", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("Europe/Berlin", QuotaPeriod.Hour, "2026-03-29T01:00:00Z", "2026-03-29T03+0200", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")]
    [InlineData("Asia/Kolkata", QuotaPeriod.Hour, "2026-11-26T17:45:00Z", "2026-11-26T23+0530", "2026-11-26T17:30:00Z", "2026-11-26T18:30:00Z")]
    [InlineData("Asia/Kathmandu", QuotaPeriod.Day, "2026-11-26T18:15:00Z", "2026-11-27", "2026-11-26T18:15:00Z", "2026-11-27T18:15:00Z")]
    // Clocks are set by half an hour at two.
    [InlineData("Australia/Lord_Howe", QuotaPeriod.Hour, "2026-10-03T15:45:00Z", "2026-10-04T02+1100", "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z")]
    [InlineData("Australia/Lord_Howe", QuotaPeriod.Hour, "2026-04-04T15:10:00Z", "2026-04-05T01+1030", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z")]
    // Friday, 30 December 2011, was left out.
    [InlineData("Pacific/Apia", QuotaPeriod.Day, "2011-12-30T09:59:59Z", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z")]
    [InlineData("Pacific/Apia", QuotaPeriod.Day, "2011-12-30T10:00:00Z", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z")]
    // There was no midnight.
    [InlineData("America/Sao_Paulo", QuotaPeriod.Day, "2018-11-04T12:00:00Z", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z")]
    [InlineData("America/Sao_Paulo", QuotaPeriod.Hour, "2018-11-04T03:00:00Z", "2018-11-04T01-0200", "2018-11-04T03:00:00Z", "2018-11-04T04:00:00Z")]
    // There were two, the second after an hour in which it was the day before once more.
    [InlineData("America/St_Johns", QuotaPeriod.Day, "2010-11-07T03:00:00Z", "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z")]
    [InlineData("America/Havana", QuotaPeriod.Day, "2022-11-06T04:30:00Z", "2022-11-06", "2022-11-06T04:00:00Z", "2022-11-07T05:00:00Z")]
    public void A_period_is_what_the_calendar_of_the_zone_says(string zone, QuotaPeriod period, string time, string name, string start, string end) =>
        Assert.Equal(new QuotaWindow(name, Time(start), Time(end)), Of(zone, period).At(Time(time)));

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_broken_clock_breaks_nothing(string time)
    {
        foreach (string zone in s_zones)
        {
            Assert.All(Enum.GetValues<QuotaPeriod>(), period => Assert.NotEmpty(Of(zone, period).At(Time(time)).Name));
        }
    }

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("europe/berlin")]
    [InlineData("UTC+01")]
    public void A_time_zone_that_the_database_lacks_is_told_with_its_place(string zone)
    {
        var spec = new MockQuotaSpec { Calls = 1, TimeZone = zone };

        Assert.Null(QuotaCalendar.Of(spec));
        SpecProblem problem = Assert.Single(QuotaCalendar.Check("team", spec));
        Assert.Equal("timeZone", problem.Path);
        Assert.Contains($"'{zone}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_zone_that_breaks_the_rule_is_told_once() =>
        Assert.Single(QuotaCalendar.Check("team", new MockQuotaSpec { Calls = 1, TimeZone = "../zone" }));

    [Fact]
    public void Nothing_said_means_months_in_UTC() =>
        Assert.Equal(new QuotaWindow("2026-02", Time("2026-02-01T00:00:00Z"), Time("2026-03-01T00:00:00Z")), QuotaCalendar.Of(new MockQuotaSpec())!.At(Time("2026-02-28T23:59:59Z")));

    private static List<QuotaWindow> Walk(string zone, QuotaPeriod period, DateTimeOffset from, int count)
    {
        QuotaCalendar calendar = Of(zone, period);
        var windows = new List<QuotaWindow> { calendar.At(from) };
        while (windows.Count < count)
        {
            windows.Add(calendar.At(windows[^1].End));
        }

        return windows;
    }

    // An hour without its offset.
    private static string Clock(string name) => name.Contains('T', StringComparison.Ordinal) ? name[..^5] : name;

    private static int OffsetOf(string hour) => int.Parse(hour[^5..], CultureInfo.InvariantCulture);

    private static QuotaCalendar Of(string zone, QuotaPeriod period) => QuotaCalendar.Of(new MockQuotaSpec { Period = period, TimeZone = zone })!;

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
