using System.Text.Json.Nodes;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class VersionTests
{
    private const string Operator = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"mock-operator","namespace":"mocks","labels":{"app.kubernetes.io/name":"mock-operator","app.kubernetes.io/version":"1.2.3"}},
        "spec":{"selector":{},"template":{"spec":{"containers":[{"name":"operator","image":"registry.example.com:5000/mock-operator:1.2.4@sha256:0"}]}}}}
        """;

    [Fact]
    public async Task Versions_of_all_three_are_told()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.Cluster.Objects.Put("deployments", Operator);
        var lines = (await cli.RunAsync("version")).Output.Split('\n');
        Assert.Matches(@"^kubectl-mock: \d+\.\d+\.\d+", lines[0]);
        Assert.Equal(["Operator: 1.2.4 (mocks/mock-operator)", "Kubernetes: v1.36.0", ""], lines[1..]);
        var json = JsonNode.Parse((await cli.RunAsync("version", "-o", "json")).Output)!;
        Assert.Equal(("v1.36.0", "1.2.4"), ((string?)json["server"], (string?)json["operators"]![0]!["version"]));
    }

    [Fact]
    public async Task What_may_not_be_seen_does_not_keep_the_rest_away()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.Cluster.Users["v"] = PlayedUser.Viewer("demo");
        var ran = await cli.RunAsync("v", false, ["version"]);
        Assert.Equal(0, ran.Code);
        Assert.Contains("Operator: unknown: you may not list Deployments in all namespaces\nKubernetes: v1.36.0\n", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_cluster_that_of_the_program_is_told_all_the_same()
    {
        var cli = await PlayedCli.StartAsync();
        await cli.DisposeAsync();
        var ran = await cli.RunAsync("version");
        Assert.Equal(1, ran.Code);
        Assert.StartsWith("kubectl-mock: ", ran.Output, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", ran.Errors, StringComparison.Ordinal);
        Assert.Equal((0, ""), (await cli.RunAsync("version", "--client")) is var client ? (client.Code, client.Errors) : default);
    }
}
