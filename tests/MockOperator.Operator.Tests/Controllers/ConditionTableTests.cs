using System.Text.RegularExpressions;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Tests.Installation;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>The table of conditions that people look things up in.</summary>
public sealed partial class ConditionTableTests
{
    [Fact]
    public void Every_condition_that_a_mock_may_have_is_in_it()
    {
        string page = File.ReadAllText(Path.Combine(Manifests.Root, "docs", "operations.md"));
        string code = File.ReadAllText(Path.Combine(Manifests.Root, "src", "MockOperator.Operator", "Controllers", "MockStatusBuilder.cs"));
        string[] conditions = [.. Condition().Matches(code).Select(static match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

        Assert.Contains("Exposed", conditions);
        Assert.All(conditions.Concat([SummaryConditions.Ready, SummaryConditions.Reconciling, SummaryConditions.Stalled]), condition => Assert.Contains($"\n| `{condition}` | ", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\.Set\(\s*MockConditions\.(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();
}
