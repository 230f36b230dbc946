using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>What the store does not keep of a large mock is served, applied and followed all the same.</summary>
public sealed class OutlinedMockTests : IAsyncLifetime
{
    private static readonly string s_large = new('x', 40_000);

    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public OutlinedMockTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Large_variables_and_answers_are_in_the_bundle_and_an_edit_of_them_is_followed()
    {
        Put(city: "Oslo", template: null);
        await ReadyAsync();
        Assert.Contains("Oslo", Definition(), StringComparison.Ordinal);
        Assert.Contains(s_large, Definition(), StringComparison.Ordinal);

        Put(city: "Bergen", template: null);

        await Eventually.TrueAsync(() => Definition().Contains("Bergen", StringComparison.Ordinal));
        Assert.Contains(s_large, Definition(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_pod_template_is_applied_and_a_restart_writes_no_status_and_no_bundle()
    {
        Put(city: "Oslo", template: s_large);
        await ReadyAsync();
        Assert.Equal(s_large, (string?)_cluster.Find("deployments", "hello-mock")!["spec"]!["template"]!["metadata"]!["annotations"]!["large"]);
        await _operator!.DisposeAsync();
        _cluster.Writes.Clear();

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet);
        _cluster.Put("mockservers", "marker", new JsonObject { ["spec"] = new JsonObject { ["collection"] = Examples() } });
        await ReadyAsync("marker");

        Assert.DoesNotContain(_cluster.Writes, static write => !write.Contains("marker", StringComparison.Ordinal));
    }

    private void Put(string city, string? template)
    {
        var spec = new JsonObject
        {
            ["collection"] = Examples(),
            ["environment"] = new JsonObject { ["variables"] = new JsonArray(Variable("city", city), Variable("large", s_large)) },
            ["serverResponses"] = new JsonArray(new JsonObject { ["name"] = "down", ["status"] = 503, ["body"] = s_large }),
        };
        if (template is not null)
        {
            spec["podTemplate"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["large"] = template } } };
        }

        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = spec });
    }

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonObject Examples() => new()
    {
        ["examples"] = new JsonArray(new JsonObject { ["name"] = "/hello", ["request"] = new JsonObject { ["path"] = "/hello" }, ["response"] = new JsonObject { ["body"] = "{{city}}" } }),
    };

    private string Definition() => (string?)_cluster.Find("configmaps", "hello-mock-bundle")?["data"]?["mock.json"] ?? "";

    private Task ReadyAsync(string mock = "hello") => Eventually.TrueAsync(
        () => (_cluster.Find("mockservers", mock)?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready") is { } ready && (string?)ready["status"] == "True",
        () => _cluster.Find("mockservers", mock)?["status"]?.ToJsonString() ?? "(none)");
}
