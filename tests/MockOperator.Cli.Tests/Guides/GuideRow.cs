using System.Text.RegularExpressions;

namespace MockOperator.Cli.Tests.Guides;

/// <summary>A row of a table of a page in Markdown: what stands in each column.</summary>
/// <param name="Line">Its line in the page, from 1.</param>
/// <param name="Cells">By the heading of the column.</param>
internal sealed partial record GuideRow(int Line, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>Reads all tables of a page.</summary>
    public static IReadOnlyList<GuideRow> Of(string page)
    {
        var rows = new List<GuideRow>();
        string[]? headings = null;
        foreach (var (line, number) in page.Split('\n').Select(static (line, index) => (line, index + 1)))
        {
            if (!line.StartsWith('|'))
                headings = null;
            else if (headings is null)
                headings = Split(line);
            else if (!line.StartsWith("|---", StringComparison.Ordinal))
                rows.Add(new GuideRow(number, headings.Zip(Split(line)).ToDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal)));
        }

        return rows;
    }

    /// <summary>What is written as code in a text.</summary>
    public static IReadOnlyList<string> Code(string text) => [.. CodeSpan().Matches(text).Select(static match => match.Groups["code"].Value)];

    /// <summary>What is written in italics in a text.</summary>
    public static IReadOnlyList<string> Italics(string text) => [.. ItalicSpan().Matches(CodeSpan().Replace(text, "")).Select(static match => match.Groups["text"].Value)];

    private static string[] Split(string line) => [.. line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim())];

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\*(?<text>[^*]+)\*", RegexOptions.ExplicitCapture)]
    private static partial Regex ItalicSpan();
}
