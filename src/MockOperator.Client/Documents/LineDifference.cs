namespace MockOperator.Client.Documents;

/// <summary>What a change in one place does to a text, by lines: everything between the first and the last line that differ is given as replaced.</summary>
/// <param name="First">How many lines stand before all of it.</param>
/// <param name="Before">Unchanged lines before the change.</param>
/// <param name="Removed">Lines that go.</param>
/// <param name="Added">Lines that come.</param>
/// <param name="After">Unchanged lines behind the change.</param>
public sealed record LineDifference(int First, IReadOnlyList<string> Before, IReadOnlyList<string> Removed, IReadOnlyList<string> Added, IReadOnlyList<string> After)
{
    private const int Around = 3;

    /// <summary>Compares two texts. How a line ends is no difference.</summary>
    /// <param name="before">The text before.</param>
    /// <param name="after">The text after.</param>
    /// <returns>The change, with three lines around it.</returns>
    public static LineDifference Of(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, new_) = (Lines(before), Lines(after));
        var head = 0;
        while (head < old.Length && head < new_.Length && old[head] == new_[head])
            head++;
        var tail = 0;
        while (tail < old.Length - head && tail < new_.Length - head && old[^(tail + 1)] == new_[^(tail + 1)])
            tail++;
        var first = Math.Max(0, head - Around);
        return new LineDifference(first, old[first..head], old[head..^tail], new_[head..^tail], old[^tail..][..Math.Min(tail, Around)]);
    }

    /// <summary>The same with no more than some lines that go and as many that come; what is left out is counted on a line of its own.</summary>
    /// <param name="most">How many.</param>
    /// <returns>The shorter change.</returns>
    public LineDifference AtMost(int most) => this with { Removed = Cut(Removed, most), Added = Cut(Added, most) };

    private static IReadOnlyList<string> Cut(IReadOnlyList<string> lines, int most) => lines.Count <= most ? lines : [.. lines.Take(most), $"… {lines.Count - most} more lines"];

    private static string[] Lines(string text) => [.. text.Split('\n').Select(static line => line.EndsWith('\r') ? line[..^1] : line)];
}
