using System.Globalization;
using MockOperator.Resources;
using NodaTime;
using NodaTime.TimeZones;

namespace MockOperator.Operator.Quotas;

/// <summary>
/// Divides time into the periods of a quota, by the calendar of its time zone. Periods follow each other without a gap, whatever clocks do there. The IANA database comes with the operator, so that it matters
/// neither what an image holds nor whether the process knows cultures.
/// </summary>
public sealed class QuotaCalendar
{
    // The range in which a period before and one after can be written; a clock outside it is broken.
    private static readonly Instant s_earliest = Instant.FromUtc(1900, 1, 1, 0, 0);
    private static readonly Instant s_latest = Instant.FromUtc(9990, 1, 1, 0, 0);

    private static readonly ZoneLocalMappingResolver s_firstMoment = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly QuotaPeriod _period;
    private readonly DateTimeZone _zone;

    private QuotaCalendar(QuotaPeriod period, DateTimeZone zone) => (_period, _zone) = (period, zone);

    /// <summary>The calendar of a quota.</summary>
    /// <param name="spec">The quota.</param>
    /// <returns>Null when there is no such period or time zone.</returns>
    public static QuotaCalendar? Of(MockQuotaSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        QuotaPeriod period = spec.Period ?? MockQuotaRules.DefaultPeriod;
        return Enum.IsDefined(period) && ZoneOf(spec.TimeZone ?? MockQuotaRules.DefaultTimeZone) is { } zone ? new QuotaCalendar(period, zone) : null;
    }

    /// <summary>All that is wrong with a quota: what breaks a rule, and a time zone that there is not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="spec">Its spec.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(string name, MockQuotaSpec spec)
    {
        IReadOnlyList<SpecProblem> problems = MockQuotaRules.Check(name, spec);
        return spec.TimeZone is { } zone && ZoneOf(zone) is null && !problems.Any(static problem => problem.Path == "timeZone")
            ? [.. problems, new SpecProblem("timeZone", $"the IANA database {TzdbDateTimeZoneSource.Default.TzdbVersion} has no time zone '{zone}': take the name of one that it has, such as Europe/Berlin or UTC")]
            : problems;
    }

    /// <summary>The period that a moment is in.</summary>
    /// <param name="time">The moment, of the years 1900 to 9989; others are taken for the first or the last of these.</param>
    public QuotaWindow At(DateTimeOffset time)
    {
        var instant = Instant.Max(s_earliest, Instant.Min(s_latest, Instant.FromDateTimeOffset(time)));
        return _period == QuotaPeriod.Hour ? HourOf(instant) : DaysOf(instant);
    }

    private static DateTimeZone? ZoneOf(string name) =>
        // The provider makes up zones for fixed offsets, which the database does not know.
        TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(name) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;

    private QuotaWindow DaysOf(Instant instant)
    {
        LocalDate first = FirstDayOf(instant.InZone(_zone).Date);
        Instant end;

        // Where clocks went back over midnight it is the day before once more, whose period has ended. Days that a zone left out begin and end at one moment.
        while ((end = BeginningOf(Next(first))) <= instant)
        {
            first = Next(first);
        }

        return Window(NameOf(first), BeginningOf(first), end);
    }

    private LocalDate FirstDayOf(LocalDate date) => _period switch
    {
        QuotaPeriod.Month => new LocalDate(date.Year, date.Month, 1),
        QuotaPeriod.Week => date.PlusDays(1 - (int)date.DayOfWeek),
        _ => date,
    };

    private LocalDate Next(LocalDate first) => _period switch
    {
        QuotaPeriod.Month => first.PlusMonths(1),
        QuotaPeriod.Week => first.PlusWeeks(1),
        _ => first.PlusDays(1),
    };

    // Midnight; the first of two; the moment after it where there is none.
    private Instant BeginningOf(LocalDate date) => _zone.ResolveLocal(date.AtMidnight(), s_firstMoment).ToInstant();

    private string NameOf(LocalDate first) => _period switch
    {
        QuotaPeriod.Month => string.Create(CultureInfo.InvariantCulture, $"{first.Year:D4}-{first.Month:D2}"),
        QuotaPeriod.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(first.ToDateTimeUnspecified()):D4}-W{ISOWeek.GetWeekOfYear(first.ToDateTimeUnspecified()):D2}"),
        _ => DayName(first),
    };

    private QuotaWindow HourOf(Instant instant)
    {
        Offset offset = _zone.GetUtcOffset(instant);
        LocalDateTime hour = instant.WithOffset(offset).LocalDateTime.With(TimeAdjusters.TruncateToHour);
        Instant start = hour.WithOffset(offset).ToInstant();
        Instant end = start + Duration.FromHours(1);

        // An hour ends when the clock is set, even if it is set back into the same hour: the offset tells the two apart.
        foreach (ZoneInterval interval in _zone.GetZoneIntervals(start, end).Where(interval => interval.WallOffset != offset))
        {
            if (interval.HasEnd && interval.End <= instant)
            {
                start = Instant.Max(start, interval.End);
            }
            else
            {
                end = Instant.Min(end, interval.Start);
            }
        }

        int minutes = Math.Abs(offset.Seconds / 60);
        string name = string.Create(CultureInfo.InvariantCulture, $"{DayName(hour.Date)}T{hour.Hour:D2}{(offset < Offset.Zero ? '-' : '+')}{minutes / 60:D2}{minutes % 60:D2}");
        return Window(name, start, end);
    }

    private static string DayName(LocalDate day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:D4}-{day.Month:D2}-{day.Day:D2}");

    private static QuotaWindow Window(string name, Instant start, Instant end) => new(name, start.ToDateTimeOffset(), end.ToDateTimeOffset());
}
