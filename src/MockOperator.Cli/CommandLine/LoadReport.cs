using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Cli.Manifests;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;
using MockOperator.Runtime.Content;

namespace MockOperator.Cli.CommandLine;

/// <summary>What was understood of the given files: the output of <c>check</c>.</summary>
internal sealed class LoadReport
{
    private readonly List<(LocalMock Mock, MockPlan? Plan, string? Problem, ImmutableArray<LoadIssue> Issues)> _mocks = [];
    private readonly IReadOnlyList<LocalProblem> _problems;

    private LoadReport(IReadOnlyList<LocalProblem> problems) => _problems = problems;

    /// <summary>Whether everything was understood. Warnings do not count: what they name is served.</summary>
    public bool IsClean => _problems.Count == 0 && _mocks.TrueForAll(static mock =>
        mock.Plan is not null && mock.Issues.All(static issue => issue.Severity == LoadIssueSeverity.Warning));

    /// <summary>Reads and compiles everything that the paths stand for.</summary>
    public static LoadReport Create(IReadOnlyList<string> paths)
    {
        LocalMocks local = LocalMocks.Read(paths);
        var report = new LoadReport(local.Problems);
        foreach (LocalMock mock in local.Mocks)
        {
            switch (ContentCompiler.Compile("", mock.Definition, mock.Collection, mock.Environment, mock.Keys, TimeProvider.System))
            {
                case ContentReading.Usable usable:
                    report._mocks.Add((mock, usable.Content.Plan, null, usable.Content.Plan.Issues));
                    break;
                case ContentReading.Unusable unusable:
                    report._mocks.Add((mock, null, unusable.Problem, unusable.Issues));
                    break;
            }
        }

        return report;
    }

    /// <summary>One issue as a line.</summary>
    public static string Describe(string mock, LoadIssue issue)
    {
        string word = issue.Severity == LoadIssueSeverity.Warning ? "warning" : "skipped";
        return $"{mock}: {word}: {(issue.Path.Length == 0 ? "document" : issue.Path)}: {issue.Message} [{issue.Reason}]";
    }

    /// <summary>Writes the report for people.</summary>
    public void WriteText(TextWriter output)
    {
        foreach ((LocalMock mock, MockPlan? plan, string? problem, ImmutableArray<LoadIssue> issues) in _mocks)
        {
            int skipped = issues.Count(static issue => issue.Severity != LoadIssueSeverity.Warning);
            output.WriteLine(plan is null
                ? $"{mock.Source}: {mock.Definition.Name}: nothing is served. {problem}"
                : $"{mock.Source}: {mock.Definition.Name}: {plan.ExampleCount} examples, {plan.ShadowedCount} shadowed, {skipped} skipped");
            foreach (LoadIssue issue in issues)
            {
                output.WriteLine("  " + Describe(mock.Definition.Name, issue));
            }
        }

        foreach (LocalProblem problem in _problems)
        {
            output.WriteLine($"{problem.Where}: {problem.Message}");
        }
    }

    /// <summary>Writes the report as one JSON object.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("clean", IsClean);
        json.WriteStartArray("mocks");
        foreach ((LocalMock mock, MockPlan? plan, string? problem, ImmutableArray<LoadIssue> issues) in _mocks)
        {
            json.WriteStartObject();
            json.WriteString("name", mock.Definition.Name);
            json.WriteString("source", mock.Source);
            json.WriteNumber("examples", plan?.ExampleCount ?? 0);
            json.WriteNumber("shadowed", plan?.ShadowedCount ?? 0);
            if (problem is not null)
            {
                json.WriteString("problem", problem);
            }

            json.WriteStartArray("issues");
            foreach (LoadIssue issue in issues)
            {
                WriteIssue(json, issue);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (LocalProblem problem in _problems)
        {
            json.WriteStartObject();
            json.WriteString("where", problem.Where);
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIssue(Utf8JsonWriter json, LoadIssue issue)
    {
        json.WriteStartObject();
        json.WriteString("severity", issue.Severity.ToString());
        json.WriteString("path", issue.Path);
        json.WriteString("reason", issue.Reason);
        json.WriteString("message", issue.Message);
        json.WriteEndObject();
    }
}
