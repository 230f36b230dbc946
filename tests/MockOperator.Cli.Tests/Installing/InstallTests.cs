using System.Text.Json.Nodes;
using MockOperator.Cli.Installing;
using MockOperator.Cli.Tests.Drafts;
using MockOperator.Cli.Versions;

namespace MockOperator.Cli.Tests.Installing;

public sealed class InstallTests
{
    private static readonly string[] s_install = ["install", "--registry", "registry.example.com/team", "--tag", "1.2.0"];

    [Fact]
    public void All_that_config_default_lists_is_installed()
    {
        var config = Path.Combine(DraftCli.Repository(), "config");
        var listed = new[] { "crd", "operator", "rbac" }.SelectMany(folder =>
            File.ReadAllLines(Path.Combine(config, folder, "kustomization.yaml")).Where(static line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => Path.Combine(config, folder, line[2..])));
        var kinds = listed.SelectMany(File.ReadAllLines).Count(static line => line.StartsWith("kind: ", StringComparison.Ordinal));
        Assert.Contains("- ../crd\n- ../operator\n- ../rbac\n", File.ReadAllText(Path.Combine(config, "default", "kustomization.yaml")), StringComparison.Ordinal);

        Assert.Equal(kinds, Installation.Read().Count);
    }

    [Fact]
    public async Task Objects_are_applied_with_the_images_that_were_named_what_runs_last()
    {
        await using var cli = await DraftCli.StartAsync();
        var (code, output, errors) = await cli.RunAsync(s_install);

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("namespace/mock-operator-system applied\ncustomresourcedefinition.apiextensions.k8s.io/collections.mockoperator.dev applied\n", output, StringComparison.Ordinal);
        Assert.Contains("deployment.apps/mock-operator applied\n\nA first mock:\n", output, StringComparison.Ordinal);
        var container = cli.Cluster.Objects.Find("deployments", Installation.Namespace, "mock-operator")!["spec"]!["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal("registry.example.com/team/mock-operator:1.2.0", (string?)container["image"]);
        Assert.Equal("registry.example.com/team/mock-runtime:1.2.0", (string?)container["env"]![0]!["value"]);
        Assert.DoesNotContain("mock-runtime\"", container.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://registry.example.com", "1.2.0", "is no registry")]
    [InlineData("registry.example.com", "a tag", "is no tag")]
    public async Task Names_that_are_none_are_refused_before_anything_is_sent(string registry, string tag, string expected)
    {
        await using var cli = await DraftCli.StartAsync();
        var (code, _, errors) = await cli.RunAsync("install", "--registry", registry, "--tag", tag);
        Assert.Equal(1, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Empty(cli.Cluster.Requests);
    }

    [Theory]
    [InlineData("20")]
    [InlineData("28+")]
    public async Task A_cluster_that_is_too_old_is_told_so_before_anything_is_written(string minor)
    {
        await using var cli = await DraftCli.StartAsync();
        cli.Cluster.Minor = minor;

        var (code, output, errors) = await cli.RunAsync(s_install);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("Error: The operator runs on Kubernetes 1.29 and newer, and ", errors, StringComparison.Ordinal);
        Assert.EndsWith($" is v1.{minor.TrimEnd('+')}.0. Nothing was applied.\n", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Cluster.Requests, static request => request.Verb is not ("get" or "list"));
        Assert.Contains($"kubeVersion: \">=1.{ServerVersion.OldestMinor}.0-0\"", await File.ReadAllTextAsync(Path.Combine(DraftCli.Repository(), "charts/mock-operator/Chart.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Helm_installed_is_left_to_Helm()
    {
        await using var cli = await DraftCli.StartAsync();
        cli.Cluster.Objects.Put("deployments", new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = "mock-operator",
                ["namespace"] = Installation.Namespace,
                ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "Helm" },
                ["annotations"] = new JsonObject { ["meta.helm.sh/release-name"] = "mocks" },
            },
        });
        Assert.Equal((1, "", "Error: The operator of this cluster was installed by Helm (mocks): upgrade it there.\n"), await cli.RunAsync(s_install));
        Assert.Equal((1, "", "Error: The operator of this cluster was installed by Helm (mocks): take it away there.\n"), await cli.RunAsync("uninstall", "--yes"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_installed_goes_and_mocks_stay_when_they_are_kept(bool keepsMocks)
    {
        await using var cli = await DraftCli.StartAsync();
        await cli.RunAsync(s_install);
        await cli.RunAsync("create", "users", "--path", "/users");

        var (code, output, _) = await cli.RunAsync([.. (string[])["uninstall", "--yes"], .. keepsMocks ? (string[])["--keep-mocks"] : []]);

        Assert.Equal(0, code);
        Assert.Contains("deployment.apps/mock-operator deleted\n", output, StringComparison.Ordinal);
        Assert.Empty(cli.Cluster.Objects.List("deployments"));
        Assert.Null(cli.Cluster.Objects.Find("clusterroles", "", "mock-operator"));
        Assert.Equal(keepsMocks ? 3 : 0, cli.Cluster.Objects.List("customresourcedefinitions").Count);
        Assert.Equal(keepsMocks ? 2 : 0, cli.Cluster.Objects.List("clusterroles").Count);
        Assert.Equal(keepsMocks ? 1 : 0, cli.Cluster.Objects.List("mockservers").Count);
    }

    [Fact]
    public async Task It_is_asked_before_mocks_are_deleted()
    {
        await using var cli = await DraftCli.StartAsync();
        await cli.RunAsync("create", "users", "--path", "/users");
        var questions = new ScriptedQuestions("n");

        Assert.Equal(1, (await cli.RunAsync(questions, "", "uninstall")).Code);
        Assert.Equal([$"Take the operator away from {cli.Cluster.Address}/, and delete 1 mock with all Collections and quotas of all namespaces?"], questions.Asked);
        Assert.Single(cli.Cluster.Objects.List("mockservers"));
    }
}
