using System.Text.RegularExpressions;

namespace MockOperator.Cluster.Tests.Guides;

/// <summary>
/// A page of docs/ that a reader follows from top to bottom. Blocks marked <c>console</c> have commands behind <c>$ </c> and what they print;
/// <c>console second-terminal</c> those of another terminal; <c>browser</c> what is seen at the address that stands before it; and any other block whose paragraph ends with
/// "as `name`:" is a file. Blocks marked <c>sh</c> are for the reader alone.
/// </summary>
internal sealed partial class GuidePage
{
    private readonly List<string> _lines;

    private GuidePage(List<string> lines, List<Passage> passages)
    {
        _lines = lines;
        Passages = passages;
    }

    public IReadOnlyList<Passage> Passages { get; }

    public static GuidePage Read(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n').ToList();
        var passages = new List<Passage>();
        for (var at = 0; at < lines.Count; at++)
        {
            if (!lines[at].StartsWith("```", StringComparison.Ordinal))
                continue;
            var end = lines.IndexOf("```", at + 1);
            Add(passages, lines, at, end);
            at = end;
        }

        return new GuidePage(lines, passages);
    }

    /// <summary>The page with other things shown, for each passage in turn.</summary>
    public string With(IReadOnlyList<IReadOnlyList<string>> shown)
    {
        var lines = _lines.ToList();
        foreach (var (passage, seen) in Passages.Zip(shown).Reverse().Where(static pair => pair.First.Kind != PassageKind.File))
        {
            lines.RemoveRange(passage.ShownFrom, passage.Shown.Count);
            lines.InsertRange(passage.ShownFrom, seen);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static void Add(List<Passage> passages, List<string> lines, int start, int end)
    {
        var kind = lines[start][3..];
        var content = lines[(start + 1)..end];
        if (kind is "console" or "console second-terminal")
            AddCommands(passages, lines, start + 1, end, kind == "console" ? PassageKind.Command : PassageKind.Background);
        else if (kind == "browser")
            passages.Add(new Passage(PassageKind.Page, Address().Matches(string.Join('\n', lines[..start]))[^1].Groups[1].Value, null, start + 1, content));
        else if (start >= 2 && FileName().Match(lines[start - 2]) is { Success: true } named)
            passages.Add(new Passage(PassageKind.File, string.Join('\n', content) + "\n", named.Groups[1].Value, start + 1, content));
    }

    private static void AddCommands(List<Passage> passages, List<string> lines, int from, int end, PassageKind kind)
    {
        for (var at = from; at < end;)
        {
            var next = at + 1;
            while (next < end && !lines[next].StartsWith("$ ", StringComparison.Ordinal))
                next++;
            passages.Add(new Passage(kind, lines[at][2..], null, at + 1, lines[(at + 1)..next]));
            at = next;
        }
    }

    [GeneratedRegex("`(http://[^`]+)`")]
    private static partial Regex Address();

    [GeneratedRegex("as `([a-z.-]+)`[^`]*:$")]
    private static partial Regex FileName();
}
