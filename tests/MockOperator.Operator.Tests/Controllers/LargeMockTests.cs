using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MockOperator.Operator.Tests.Bundles;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>Mocks whose bundle needs several ConfigMaps.</summary>
public sealed class LargeMockTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public LargeMockTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Theory]
    [InlineData("hello-mock-bundle-1")]
    [InlineData("hello-mock-bundle-2")]
    public async Task A_mock_made_again_is_served_once_the_last_part_of_the_one_before_is_collected(string last)
    {
        JsonObject owner = new() { ["apiVersion"] = "mockoperator.dev/v1alpha1", ["kind"] = "MockServer", ["name"] = "hello", ["uid"] = "gone", ["controller"] = true };
        _cluster.Put("configmaps", last, new JsonObject { ["metadata"] = new JsonObject { ["ownerReferences"] = new JsonArray(owner) } });
        Put("hello", seed: 1);
        while (await _operator!.LooksAsync() < 1)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Null(_cluster.Find("configmaps", "hello-mock-bundle"));

        _cluster.Remove("configmaps", last);

        await ReadyAsync();
        Assert.NotNull(Loaded());
    }

    [Fact]
    public async Task A_name_that_is_taken_is_not_worth_reading_the_content_again()
    {
        _cluster.Put("configmaps", "hello-mock-bundle-2", []);
        Put("hello", seed: 1);
        await ReasonAsync("NameConflict", "hello-mock-bundle-2");
        _cluster.Gets.Clear();

        for (int number = 0; number < 10; number++)
        {
            _cluster.Put("mockservers", "hello", new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["look"] = $"{number}" } } });
        }

        _cluster.Remove("configmaps", "hello-mock-bundle-2");
        await ReadyAsync();

        Assert.Single(_cluster.Gets, static get => get == "mockservers/hello");
    }

    [Fact]
    public async Task An_edit_whose_index_is_refused_leaves_what_was_there_whole_and_comes_through_later()
    {
        Put("hello", seed: 1);
        await ReadyAsync();
        string before = Loaded()!;
        int refusals = 0;
        _cluster.Refuse = write =>
        {
            bool isRefused = write == "PATCH configmaps/hello-mock-bundle";
            refusals += isRefused ? 1 : 0;
            return isRefused ? System.Net.HttpStatusCode.Forbidden : null;
        };
        Put("hello", seed: 2);
        await Eventually.TrueAsync(() => refusals > 0);

        // All parts of the new revision are stored by now.
        Assert.Equal(before, Loaded());
        _cluster.Refuse = null;
        await Eventually.TrueAsync(() => Loaded() is { } loaded && loaded != before && IsReady());
    }

    [Fact]
    public async Task Edits_change_no_pod_template_and_leave_no_parts_of_before()
    {
        Put("hello", seed: 1);
        await ReadyAsync();
        string template = Template();
        for (int seed = 2; seed < 5; seed++)
        {
            string before = Loaded()!;
            Put("hello", seed);
            await Eventually.TrueAsync(() => Loaded() is { } loaded && loaded != before && IsReady());
        }

        // The index, and two parts.
        await Eventually.TrueAsync(() => _cluster.List("configmaps").Count == 3, () => string.Join(' ', _cluster.List("configmaps").Select(static map => (string?)map["metadata"]!["name"])));
        Assert.Equal(template, Template());
        Assert.NotNull(Loaded());
    }

    [Fact]
    public async Task A_restart_writes_nothing_wherever_the_parts_lie()
    {
        Put("hello", seed: 1);
        await ReadyAsync();
        string before = Loaded()!;
        Put("hello", seed: 2);
        await Eventually.TrueAsync(() => Loaded() is { } loaded && loaded != before && IsReady() && _cluster.List("configmaps").Count == 3);
        await _operator!.DisposeAsync();
        _cluster.Writes.Clear();

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet);
        _cluster.Put("mockservers", "marker", Spec(seed: 3));
        await Eventually.TrueAsync(() => (string?)_cluster.Find("mockservers", "marker")?["status"]?["revision"] is not null);

        Assert.DoesNotContain(_cluster.Writes, static write => write.Contains("hello", StringComparison.Ordinal));
    }

    private void Put(string name, int seed) => _cluster.Put("mockservers", name, Spec(seed));

    // About 2.4 MB that do not compress below half of that: three ConfigMaps.
    private static JsonObject Spec(int seed)
    {
        byte[] noise = new byte[1_900_000];
        new Random(seed).NextBytes(noise);
        var example = new JsonObject { ["name"] = "/hello", ["request"] = new JsonObject { ["path"] = "/hello" }, ["response"] = new JsonObject { ["body"] = Convert.ToBase64String(noise) } };
        return new JsonObject { ["spec"] = new JsonObject { ["collection"] = new JsonObject { ["examples"] = new JsonArray(example) } } };
    }

    private string Template() => _cluster.Find("deployments", "hello-mock")!["spec"]!["template"]!.ToJsonString();

    private string? Loaded()
    {
        using JsonDocument template = JsonDocument.Parse(Template());
        IEnumerable<string> mounted = template.RootElement.GetProperty("spec").GetProperty("volumes")[0].GetProperty("projected").GetProperty("sources").EnumerateArray()
            .Select(static source => source.GetProperty("configMap").GetProperty("name").GetString()!).ToList();
        return StoredBundle.Load(mounted.Select(name => _cluster.Find("configmaps", name)).OfType<JsonObject>().Select(static map => KubernetesJson.Deserialize<V1ConfigMap>(map.ToJsonString())));
    }

    private JsonNode? Ready() =>
        (_cluster.Find("mockservers", "hello")?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready");

    private bool IsReady() => (string?)Ready()?["status"] == "True" && (string?)_cluster.Find("mockservers", "hello")!["status"]!["revision"] == Loaded();

    private Task ReadyAsync() => Eventually.TrueAsync(IsReady, Told);

    private Task ReasonAsync(string reason, string message) => Eventually.TrueAsync(
        () => (string?)Ready()?["reason"] == reason && ((string?)Ready()!["message"])!.Contains(message, StringComparison.Ordinal),
        Told);

    private string Told() => _cluster.Find("mockservers", "hello")?["status"]?.ToJsonString() ?? "(none)";
}
