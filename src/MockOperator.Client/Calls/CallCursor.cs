using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MockOperator.Client.Calls;

/// <summary>
/// How far a listing has come: the moment of the last call that was given, and the ids of all that were given of that moment. That is the position in every pod, for calls are given in the order
/// of their moments: what a pod has not given is of that moment or earlier, and what it answers meanwhile is later. No pod has to be named, so one that goes or comes spoils nothing.
/// </summary>
/// <param name="ServedAt">The moment.</param>
/// <param name="Given">Ids of the calls of that moment that were given.</param>
internal sealed record CallCursor(DateTimeOffset ServedAt, IReadOnlySet<string> Given)
{
    private const int Longest = 1024 * 1024;

    /// <summary>The cursor behind a listing.</summary>
    /// <param name="given">What was given, newest first; not empty.</param>
    /// <param name="before">The cursor that the listing began at.</param>
    public static CallCursor Behind(IReadOnlyList<PodCall> given, CallCursor? before)
    {
        var moment = given[^1].Call.ServedAt;
        var ids = given.Where(c => c.Call.ServedAt == moment).Select(c => c.Call.Id);
        return new CallCursor(moment, (before?.ServedAt == moment ? ids.Concat(before.Given) : ids).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static CallCursor Parse(string text)
    {
        if (text.Length <= Longest && Base64Url.IsValid(text))
        {
            var lines = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n');
            if (long.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks)
                return new CallCursor(new DateTimeOffset(ticks, TimeSpan.Zero), lines.Skip(1).ToHashSet(StringComparer.Ordinal));
        }

        throw new FormatException("This is no cursor of a listing of calls.");
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\n', Given.Order(StringComparer.Ordinal).Prepend(ServedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)))));
}
