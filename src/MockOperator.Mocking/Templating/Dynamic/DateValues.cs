using System.Buffers;
using System.Buffers.Text;

namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>The clock, and dates near now in the form of JavaScript's <c>Date.toString()</c> in UTC.</summary>
internal static class DateValues
{
    private const int SecondsOfDay = 24 * 60 * 60;
    private const int SecondsOfYear = 365 * SecondsOfDay;

    private static readonly WordList s_weekdays = new("Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"u8);

    private static readonly WordList s_months = new("January|February|March|April|May|June|July|August|September|October|November|December"u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$timestamp", static (ref sink, ref context) => sink.Write((context.Now.ToUnixTimeMilliseconds() + 500) / 1000)),
        ("$isoTimestamp", WriteIsoTimestamp),
        ("$randomDateFuture", static (ref sink, ref context) => WriteDate(ref sink, ref context, 1, SecondsOfYear)),
        ("$randomDatePast", static (ref sink, ref context) => WriteDate(ref sink, ref context, -SecondsOfYear, -1)),
        ("$randomDateRecent", static (ref sink, ref context) => WriteDate(ref sink, ref context, -SecondsOfDay, -1)),
        ("$randomWeekday", s_weekdays.AsValue()),
        ("$randomMonth", s_months.AsValue()),
    ];

    private static void WriteIsoTimestamp(ref Utf8Sink sink, ref RenderContext context)
    {
        Span<byte> text = stackalloc byte[28];
        Utf8Formatter.TryFormat(context.Now.UtcDateTime, text, out _, new StandardFormat('O'));

        // The round-trip form has seven digits of a second; JavaScript's has three.
        text[23] = (byte)'Z';
        sink.Write(text[..24]);
    }

    private static void WriteDate(ref Utf8Sink sink, ref RenderContext context, int firstSecond, int lastSecond)
    {
        long ticks = context.Now.UtcTicks + (context.Random.Between(firstSecond, lastSecond) * TimeSpan.TicksPerSecond);
        DateTime date = new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
        sink.Write(s_weekdays[(int)date.DayOfWeek][..3]);
        sink.Write((byte)' ');
        sink.Write(s_months[date.Month - 1][..3]);
        sink.Write((byte)' ');
        sink.Write(date.Day, 2);
        sink.Write((byte)' ');
        sink.Write(date.Year, 4);
        sink.Write((byte)' ');
        sink.Write(date.Hour, 2);
        sink.Write((byte)':');
        sink.Write(date.Minute, 2);
        sink.Write((byte)':');
        sink.Write(date.Second, 2);
        sink.Write(" GMT+0000 (Coordinated Universal Time)"u8);
    }
}
