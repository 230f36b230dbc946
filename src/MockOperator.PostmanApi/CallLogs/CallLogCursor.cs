using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MockOperator.Client.Calls;
using MockOperator.PostmanApi.Errors;

namespace MockOperator.PostmanApi.CallLogs;

/// <summary>How far a list of calls has come, in either direction: the moment of the last one, and the ids of those of that moment that were given.</summary>
/// <param name="IsAscending">The direction.</param>
/// <param name="ServedAt">The moment.</param>
/// <param name="Given">Ids of the calls of that moment that were given.</param>
internal sealed record CallLogCursor(bool IsAscending, DateTimeOffset ServedAt, IReadOnlySet<string> Given)
{
    private const int Longest = 16 * 1024;

    /// <summary>The cursor behind a page.</summary>
    /// <param name="isAscending">The direction.</param>
    /// <param name="page">What was given; not empty.</param>
    /// <param name="before">The cursor that the page began at.</param>
    public static CallLogCursor Behind(bool isAscending, IReadOnlyList<PodCall> page, CallLogCursor? before)
    {
        var moment = page[^1].Call.ServedAt;
        var ids = page.Where(call => call.Call.ServedAt == moment).Select(call => call.Call.Id);
        return new CallLogCursor(isAscending, moment, (before?.ServedAt == moment ? ids.Concat(before.Given) : ids).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="PostmanException">It is something else, or of a list in the other direction.</exception>
    public static CallLogCursor Read(string text, bool isAscending)
    {
        if (text.Length <= Longest && Base64Url.IsValid(text))
        {
            var lines = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n');
            if (lines.Length >= 2
                && lines[0] == Direction(isAscending)
                && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && ticks <= DateTimeOffset.MaxValue.UtcTicks)
                return new CallLogCursor(isAscending, new DateTimeOffset(ticks, TimeSpan.Zero), lines.Skip(2).ToHashSet(StringComparer.Ordinal));
        }

        throw new PostmanException(KnownErrors.InvalidCursor);
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            string.Join('\n', Given.Order(StringComparer.Ordinal).Prepend(ServedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)).Prepend(Direction(IsAscending)))));

    private static string Direction(bool isAscending) => isAscending ? "asc" : "desc";
}
