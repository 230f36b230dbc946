namespace MockOperator.Dashboard.Pages;

/// <summary>What a change does to a text, by lines. Made for additions in one place: everything between the first and the last line that differ is given as replaced.</summary>
/// <param name="Before">Unchanged lines before it.</param>
/// <param name="Removed">Lines that go.</param>
/// <param name="Added">Lines that come.</param>
/// <param name="After">Unchanged lines behind it.</param>
internal sealed record LineDiff(IReadOnlyList<string> Before, IReadOnlyList<string> Removed, IReadOnlyList<string> Added, IReadOnlyList<string> After)
{
    private const int Context = 4;
    private const int Most = 400;

    /// <summary>Compares two texts.</summary>
    public static LineDiff Of(string before, string after)
    {
        var (one, other) = (before.Split('\n'), after.Split('\n'));
        var head = 0;
        while (head < one.Length && head < other.Length && one[head] == other[head])
            head++;
        var tail = 0;
        while (tail < one.Length - head && tail < other.Length - head && one[^(tail + 1)] == other[^(tail + 1)])
            tail++;
        return new LineDiff(
            one[Math.Max(0, head - Context)..head],
            Cut(one[head..^tail]),
            Cut(other[head..^tail]),
            one[^tail..].Take(Context).ToArray());
    }

    private static string[] Cut(string[] lines) => lines.Length <= Most ? lines : [.. lines[..Most], $"… {lines.Length - Most} more lines"];
}
