using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Differences;

/// <summary>Shows a change in one place of a text as <c>diff -u</c> does: the lines that go and come, and some around them.</summary>
internal static class LineDifference
{
    private const int Around = 3;

    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="where">What is changed.</param>
    /// <param name="before">The text before.</param>
    /// <param name="after">The text after.</param>
    public static void Write(CommandConsole console, string where, string before, string after)
    {
        var (old, new_) = (Lines(before), Lines(after));
        var start = 0;
        while (start < old.Length && start < new_.Length && old[start] == new_[start])
            start++;
        var end = 0;
        while (end < old.Length - start && end < new_.Length - start && old[^(end + 1)] == new_[^(end + 1)])
            end++;

        var first = Math.Max(0, start - Around);
        console.Out.WriteLine(console.Paint($"--- {where}", Ink.Strong));
        console.Out.WriteLine(console.Paint($"+++ {where}", Ink.Strong));
        var shownEnd = Math.Max(0, end - Around);
        console.Out.WriteLine(console.Paint($"@@ -{first + 1},{old.Length - shownEnd - first} +{first + 1},{new_.Length - shownEnd - first} @@", Ink.Faint));
        Write(console, ' ', old[first..start], Ink.Plain);
        Write(console, '-', old[start..(old.Length - end)], Ink.Bad);
        Write(console, '+', new_[start..(new_.Length - end)], Ink.Good);
        Write(console, ' ', new_[(new_.Length - end)..(new_.Length - shownEnd)], Ink.Plain);
    }

    private static void Write(CommandConsole console, char sign, IEnumerable<string> lines, Ink ink)
    {
        foreach (var line in lines)
            console.Out.WriteLine(console.Paint($"{sign}{Printable.Line(line.Replace("\t", "  ", StringComparison.Ordinal))}", ink));
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');
}
