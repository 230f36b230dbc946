using System.Diagnostics;
using System.Text.RegularExpressions;
using MockOperator.Operator.Desired;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Installation;

/// <summary>What is shipped for a Prometheus, judged by its own tool where there is one: <c>promtool</c> on the path.</summary>
public sealed class MonitoringTests
{
    private static readonly string s_monitoring = Path.Combine(Manifests.Root, "config", "monitoring");
    private static readonly string? s_promtool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(static folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);

    // Names of ours, of controller-runtime and of client-go.
    private static readonly Regex s_metric = new(@"\b(?<name>(mock_|controller_runtime_|operator_watch_|leader_election_|rest_client_)[a-z_]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    private static IEnumerable<YamlNode> Rules =>
        from @group in (YamlSequenceNode)Manifests.Read("config", "monitoring", "rules.yaml")[0]["spec"]["groups"]
        from rule in (YamlSequenceNode)@group["rules"]
        select rule;

    [Theory]
    [InlineData("check", "rules", "rules.groups.yaml")]
    [InlineData("test", "rules", "rules_test.yaml")]
    public async Task Alerts_fire_when_they_should_and_only_then(params string[] arguments)
    {
        Assert.SkipWhen(s_promtool is null, "There is no promtool on the path (Debian: prometheus).");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rules");
        string text = await File.ReadAllTextAsync(Path.Combine(s_monitoring, "rules.yaml"), TestContext.Current.CancellationToken);
        string groups = text[text.IndexOf("  groups:", StringComparison.Ordinal)..];
        await File.WriteAllLinesAsync(Path.Combine(folder.FullName, "rules.groups.yaml"), groups.Split('\n').Select(static line => line.Length > 1 ? line[2..] : line), TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(s_monitoring, "rules_test.yaml"), Path.Combine(folder.FullName, "rules_test.yaml"));

        using Process promtool = Process.Start(new ProcessStartInfo(s_promtool, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> problems = promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(promtool.ExitCode == 0, said + await problems);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_alert_has_a_test_and_a_page_and_every_page_an_alert()
    {
        string[] alerts = [.. Rules.Select(static rule => rule["alert"].ToString()).Order(StringComparer.Ordinal)];
        string tests = File.ReadAllText(Path.Combine(s_monitoring, "rules_test.yaml"));

        Assert.Equal(alerts, Directory.GetFiles(Path.Combine(Manifests.Root, "docs", "runbooks")).Select(static page => Path.GetFileNameWithoutExtension(page)).Order(StringComparer.Ordinal));
        Assert.All(Rules, rule => Assert.Equal($"docs/runbooks/{rule["alert"]}.md", rule["annotations"]["runbook"].ToString()));
        Assert.All(alerts, alert => Assert.Contains($"runbook: docs/runbooks/{alert}.md", tests, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_metric_that_is_asked_for_is_documented()
    {
        string page = File.ReadAllText(Path.Combine(Manifests.Root, "docs", "metrics.md"));
        IEnumerable<string> asked = Rules.Select(static rule => rule["expr"].ToString())
            .Concat(Directory.GetFiles(Path.Combine(Manifests.Root, "docs", "runbooks")).Select(File.ReadAllText))
            .Concat(Directory.GetFiles(Path.Combine(s_monitoring, "dashboards")).Select(File.ReadAllText))
            .Append(page[..page.IndexOf("## Of a pod of a mock", StringComparison.Ordinal)])
            .SelectMany(static text => s_metric.Matches(text).Select(static match => match.Groups["name"].Value))
            .Select(static name => name.EndsWith("_seconds_bucket", StringComparison.Ordinal) ? name[..^"_bucket".Length] : name)
            .Distinct(StringComparer.Ordinal);
        Assert.All(asked, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rules.yaml", "rules.yaml")]
    [InlineData("dashboards/mocks.json", "mocks.json")]
    [InlineData("dashboards/operator.json", "operator.json")]
    public void The_chart_ships_the_same_files(string file, string copy) => Assert.Equal(
        File.ReadAllText(Path.Combine(s_monitoring, file)),
        File.ReadAllText(Path.Combine(Manifests.Root, "charts", "mock-operator", "monitoring", copy)));

    [Fact]
    public void The_pods_of_a_mock_are_found_by_their_labels_and_their_port()
    {
        YamlMappingNode monitor = Manifests.Read("config", "monitoring", "pod-monitor.yaml")[0];
        Dictionary<string, string> labels = ChildLabels.Of("hello");
        Assert.All((YamlMappingNode)monitor["spec"]["selector"]["matchLabels"], label => Assert.Equal(label.Value.ToString(), labels[label.Key.ToString()]));
        Assert.Equal(RuntimePorts.AdminName, monitor["spec"]["podMetricsEndpoints"][0]["port"].ToString());
    }
}
