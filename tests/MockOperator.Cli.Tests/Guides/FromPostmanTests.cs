using MockOperator.Testing;

namespace MockOperator.Cli.Tests.Guides;

/// <summary>docs/from-postman.md holds: every command, field, button and operation that it names is there, and whatever is done with mocks is done in three ways, or it says why not.</summary>
public sealed class FromPostmanTests(ShownPages shown) : IClassFixture<ShownPages>
{
    private const string CommandLine = "`kubectl mock`";
    private const string Dashboard = "Dashboard";
    private const string Api = "Postman's API";

    private readonly KnownFields _fields = new();
    private readonly KnownOperations _operations = new();

    private static string Page { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "from-postman.md"));

    [Fact]
    public void The_page_names_what_there_is()
    {
        Assert.Empty(Problems(Page));
        Assert.InRange(GuideRow.Of(Page).Count(IsOfThreeWays), 30, 100);
    }

    [Theory]
    [InlineData("`kubectl mock tag petstore v1`", "`kubectl mock label petstore v1`", "There is no command 'label'")]
    [InlineData("`--normally`", "`--as-usual`", "`kubectl mock respond` has no option --as-usual")]
    [InlineData("edit petstore --quota", "edit petstore --allowance", "`kubectl mock edit` has no option --allowance")]
    [InlineData("`kubectl-mock check ", "`kubectl-mock examine ", "There is no command 'examine'")]
    [InlineData("`spec.displayName`", "`spec.title`", "No kind has a field spec.title.")]
    [InlineData("{preset: \"2G\"}", "{preset: \"4G\"}", "spec.delay.preset takes no '4G'.")]
    [InlineData("{fixed: 250ms}", "{fix: 250ms}", "spec.delay has no field fix.")]
    [InlineData("*Forget it*", "*Forget everything*", "Nothing on the dashboard is called 'Forget everything'.")]
    [InlineData("`DELETE /mocks/{mockId}/unpublish`", "`POST /mocks/{mockId}/unpublish`", "There is no operation POST /mocks/{mockId}/unpublish.")]
    [InlineData("`versionTag`", "`tag`", "No operation of the cell takes or tells `tag`.")]
    [InlineData("`config.delay`", "`config.wait`", "No operation of the cell takes or tells `config.wait`.")]
    [InlineData("| *Pause*, *Resume* |", "| |", "Nothing is said of the way 'Dashboard'.")]
    [InlineData("| `kubectl mock usage` |", "| somehow |", "Nothing is named of the way '`kubectl mock`'")]
    public void A_page_that_does_not_hold_is_refused(string part, string instead, string problem)
    {
        Assert.Contains(part, Page, StringComparison.Ordinal);
        Assert.Contains(Problems(Page.Replace(part, instead, StringComparison.Ordinal)), found => found.Contains(problem, StringComparison.Ordinal));
    }

    private List<string> Problems(string page)
    {
        var problems = new List<string>();
        var rows = GuideRow.Of(page);
        foreach (var row in rows)
        {
            var text = string.Join(' ', row.Cells.Values);
            problems.AddRange([.. Of(row, _fields.Problems(text)), .. Of(row, _operations.Problems(text)), .. Of(row, row.Cells.Values.SelectMany(KnownCommands.Problems))]);
            if (!IsOfThreeWays(row))
                continue;
            problems.AddRange([.. Of(row, shown.Problems(row.Cells[Dashboard])), .. Of(row, _operations.ProblemsOfNames(row.Cells[Api]))]);
            problems.AddRange(Of(row, Silent(row, CommandLine, static cell => GuideRow.Code(cell).Any(KnownCommands.Is))));
            problems.AddRange(Of(row, Silent(row, Dashboard, static cell => GuideRow.Italics(cell).Count > 0)));
            problems.AddRange(Of(row, Silent(row, Api, static cell => GuideRow.Code(cell).Any(KnownOperations.Is))));
        }

        problems.AddRange(page.Split('\n').Where(static line => !line.StartsWith('|')).SelectMany(KnownCommands.Problems));
        return problems;
    }

    private static bool IsOfThreeWays(GuideRow row) => row.Cells.ContainsKey(CommandLine) && row.Cells.ContainsKey(Dashboard) && row.Cells.ContainsKey(Api);

    private static IEnumerable<string> Of(GuideRow row, IEnumerable<string> problems) => problems.Select(problem => $"Line {row.Line}: {problem}");

    /// <summary>A way is named, or a dash says what stands in it.</summary>
    private static IEnumerable<string> Silent(GuideRow row, string way, Func<string, bool> names)
    {
        var cell = row.Cells[way];
        if (cell.Length == 0)
            yield return $"Nothing is said of the way '{way}'.";
        else if (!names(cell) && !(cell.StartsWith("– ", StringComparison.Ordinal) && cell.Length > 5))
            yield return $"Nothing is named of the way '{way}', and no dash says why.";
    }
}
