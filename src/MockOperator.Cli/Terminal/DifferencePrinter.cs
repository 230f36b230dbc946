using MockOperator.Client.Documents;

namespace MockOperator.Cli.Terminal;

/// <summary>Shows a change in one place of a text as <c>diff -u</c> does: the lines that go and come, and some around them.</summary>
internal static class DifferencePrinter
{
    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="where">What is changed.</param>
    /// <param name="difference">The change.</param>
    public static void Write(CommandConsole console, string where, LineDifference difference)
    {
        var around = difference.Before.Count + difference.After.Count;
        console.Out.WriteLine(console.Paint($"--- {where}", Ink.Strong));
        console.Out.WriteLine(console.Paint($"+++ {where}", Ink.Strong));
        console.Out.WriteLine(console.Paint($"@@ -{difference.First + 1},{around + difference.Removed.Count} +{difference.First + 1},{around + difference.Added.Count} @@", Ink.Faint));
        Write(console, ' ', difference.Before, Ink.Plain);
        Write(console, '-', difference.Removed, Ink.Bad);
        Write(console, '+', difference.Added, Ink.Good);
        Write(console, ' ', difference.After, Ink.Plain);
    }

    private static void Write(CommandConsole console, char sign, IReadOnlyList<string> lines, Ink ink)
    {
        foreach (var line in lines)
            console.Out.WriteLine(console.Paint($"{sign}{Printable.Line(line.Replace("\t", "  ", StringComparison.Ordinal))}", ink));
    }
}
