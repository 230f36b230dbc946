using System.Text.RegularExpressions;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Tests.Installation;

namespace MockOperator.Operator.Tests.Conditions;

/// <summary>For which reasons an object is Stalled: the page says what the code does, and leaves none out.</summary>
public sealed partial class RemedyTableTests
{
    private static readonly string[] s_ready = ["IngressApplied", "RouteAccepted", "AddressPending", "RoutePending", "RoutesUnknown", "Counting", "NothingSelected", "Paused", "Pending"];
    private static readonly string[] s_aside = ["PublishConflict", "PublishRefused", "NotExposed"];

    [Fact]
    public void The_page_says_of_each_reason_what_ends_it()
    {
        Dictionary<string, Remedy> told = new(StringComparer.Ordinal);
        string table = GitopsPage.Text[GitopsPage.Text.IndexOf("\n| Reason", StringComparison.Ordinal)..];
        foreach (string[] cells in table[..table.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(static line => line.Split('|')))
        {
            Remedy remedy = cells[2].Trim() switch
            {
                "`Stalled`" => Remedy.Edit,
                "`Reconciling`" => Remedy.MayPass,
                "`Stalled` where the content is written into the object, `Reconciling` where it is referred to" => Remedy.EditOfContent,
                { } other => throw new InvalidOperationException($"the table says '{other}'"),
            };
            foreach (string reason in Quoted().Matches(cells[1]).Select(static match => match.Groups["word"].Value))
            {
                told.Add(reason, remedy);
            }
        }

        Assert.Equal(Remedies.ByReason.OrderBy(static pair => pair.Key, StringComparer.Ordinal), told.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("operations.md", "\n| `Ready` |", "\n\n")]
    [InlineData("ingress.md", "\n## Reasons of the condition `Exposed`", "\n## How")]
    [InlineData("quotas.md", "\n| `Ready` |", "\n| `WithinLimit`")]
    public void No_reason_that_the_pages_tell_of_is_left_out(string page, string from, string to)
    {
        string text = File.ReadAllText(Path.Combine(Manifests.Root, "docs", page));
        string part = text[text.IndexOf(from, StringComparison.Ordinal)..];
        part = part[..part.IndexOf(to, 1, StringComparison.Ordinal)];

        // Conditions stand in the first column of the pages that list them.
        string[] conditions = page == "ingress.md" ? ["Exposed"] : [.. FirstCell().Matches(part).Select(static match => match.Groups["word"].Value)];
        string[] reasons = [.. Quoted().Matches(part).Select(static match => match.Groups["word"].Value).Except(conditions).Except(s_ready).Except(s_aside).Where(static word => word is not ("Reconciling" or "Stalled"))];

        Assert.NotEmpty(reasons);
        Assert.Empty(reasons.Except(Remedies.ByReason.Keys));
    }

    [Fact]
    public void No_reason_that_the_code_gives_is_left_out()
    {
        IEnumerable<string> given = Directory.GetFiles(Path.Combine(Manifests.Root, "src", "MockOperator.Operator"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(static file => Given().Matches(File.ReadAllText(file)))
            .Select(static match => match.Groups["word"].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains("NoExamples", given);
        Assert.Contains("GatewayApiAbsent", given);
        Assert.Empty(given.Except(Remedies.ByReason.Keys).Except(s_aside));
    }

    [GeneratedRegex("`(?<word>[A-Z][A-Za-z]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\n\| `(?<word>[A-Z][A-Za-z]+)` \|", RegexOptions.ExplicitCapture)]
    private static partial Regex FirstCell();

    [GeneratedRegex(@"(?:new Unresolved|Refused|Lost)\(\s*""(?<word>[A-Z][A-Za-z]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Given();
}
