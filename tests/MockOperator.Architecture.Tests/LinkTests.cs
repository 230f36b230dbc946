using System.Text.RegularExpressions;

namespace MockOperator.Architecture.Tests;

/// <summary>A link from page to page leads somewhere, and to a heading that is there.</summary>
public partial class LinkTests
{
    [Fact]
    public void Every_link_of_the_documentation_leads_to_what_it_names() =>
        Violations.None(
            from page in Pages()
            from Match link in Link().Matches(Fence().Replace(File.ReadAllText(page), ""))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let parts = target.Split('#', 2)
            let file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0])
            where !Path.Exists(file) || parts.Length == 2 && !Anchors(file).Contains(parts[1])
            select $"{Path.GetRelativePath(Root.Directory, page)}: {target}");

    [Fact]
    public void Every_page_is_found_from_the_readme()
    {
        var readme = Path.Combine(Root.Directory, "README.md");
        var reached = new HashSet<string>(StringComparer.Ordinal) { readme };
        for (var left = new Queue<string>([readme]); left.TryDequeue(out var page);)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link.Groups["target"].Value.Split('#')[0]));
                if (target.EndsWith(".md", StringComparison.Ordinal) && File.Exists(target) && reached.Add(target))
                    left.Enqueue(target);
            }
        }

        Violations.None(from page in Pages() where !reached.Contains(page) && Path.GetFileName(Path.GetDirectoryName(page)) != "runbooks" select Path.GetRelativePath(Root.Directory, page));
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Root.Directory, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root.Directory, "docs"), "*.md", SearchOption.AllDirectories));

    /// <summary>The anchors of a page, as GitHub derives them from headings.</summary>
    private static HashSet<string> Anchors(string page) =>
        [.. from Match heading in Heading().Matches(Fence().Replace(File.ReadAllText(page), ""))
            select NotInAnchors().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')];

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
