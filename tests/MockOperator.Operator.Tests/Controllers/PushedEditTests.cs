using System.Net;
using System.Text.Json.Nodes;
using MockOperator.Operator.Control;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

public sealed class PushedEditTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public PushedEditTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task An_edit_is_pushed_to_every_pod_once_the_ConfigMap_has_it()
    {
        Mock("one", replicas: 2);
        string first = await ReadyAsync(otherThan: "");
        var stored = new List<string>();
        _kubelet.Pushing = (_, _) =>
        {
            lock (stored)
            {
                stored.Add(Stored());
            }
        };

        Mock("two", replicas: 2);

        string second = await ReadyAsync(otherThan: first);

        // Nobody waits for a push: the files may have brought the edit to a pod before its push is sent.
        await Eventually.TrueAsync(() => _kubelet.Pushed.Count >= 2);
        Assert.Equal(["hello-mock-0", "hello-mock-1"], _kubelet.Pushed.Select(static push => push.Pod).Order(StringComparer.Ordinal));
        Assert.All(_kubelet.Pushed, push => Assert.Equal((second, first), (push.Parcel.Revision, string.Join(',', push.Parcel.Supersedes))));
        Assert.All(stored, now => Assert.Equal(second, now));
        Assert.Single(_kubelet.Tokens.Distinct());
    }

    [Fact]
    public async Task A_pushed_pod_is_annotated_all_the_same()
    {
        Mock("one");
        string first = await ReadyAsync(otherThan: "");
        Mock("two");
        string second = await ReadyAsync(otherThan: first);
        await Eventually.TrueAsync(() => (string?)_cluster.Find("pods", "hello-mock-0")!["metadata"]!["annotations"]?["mockoperator.dev/bundle-revision"] == second);
    }

    [Fact]
    public async Task A_new_mock_and_a_restart_push_nothing()
    {
        Mock("one");
        string first = await ReadyAsync(otherThan: "");
        await _operator!.DisposeAsync();
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet);
        Mock("two");
        await ReadyAsync(otherThan: first);

        // Only the edit after the restart; and the operator that made it knows what it replaces. Nobody waits for a push.
        await Eventually.TrueAsync(() => !_kubelet.Pushed.IsEmpty);
        BundleParcel parcel = Assert.Single(_kubelet.Pushed).Parcel;
        Assert.Equal(first, Assert.Single(parcel.Supersedes));
    }

    [Fact]
    public async Task A_push_that_fails_leaves_the_mount_to_do_it()
    {
        Mock("one");
        string first = await ReadyAsync(otherThan: "");
        _kubelet.Pushing = static (_, _) => throw new HttpRequestException("no", inner: null, HttpStatusCode.Conflict);
        Mock("two");
        await ReadyAsync(otherThan: first);
        await Eventually.TrueAsync(() => !_kubelet.Pushed.IsEmpty);
    }

    [Fact]
    public async Task Through_the_API_server_nothing_is_pushed()
    {
        await _operator!.DisposeAsync();
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, ControlVia.ApiServerProxy);
        Mock("one");
        string first = await ReadyAsync(otherThan: "");
        Mock("two");
        await ReadyAsync(otherThan: first);
        Assert.Empty(_kubelet.Pushed);
    }

    private void Mock(string body, int replicas = 1) => _cluster.Put("mockservers", "hello", new JsonObject
    {
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["collection"] = new JsonObject
            {
                ["examples"] = new JsonArray(new JsonObject { ["name"] = "/", ["request"] = new JsonObject { ["path"] = "/" }, ["response"] = new JsonObject { ["body"] = body } }),
            },
        },
    });

    private string Stored() => (string?)_cluster.Find("configmaps", "hello-mock-bundle")?["metadata"]?["annotations"]?["mockoperator.dev/revision"] ?? "";

    private async Task<string> ReadyAsync(string otherThan)
    {
        await Eventually.TrueAsync(() => Stored() is { Length: > 0 } stored && stored != otherThan && IsReady(), () => _cluster.Find("mockservers", "hello")?.ToJsonString() ?? "");
        return Stored();
    }

    private bool IsReady()
    {
        JsonObject mock = _cluster.Find("mockservers", "hello")!;
        return (string?)mock["status"]?["revision"] == Stored()
            && mock["status"]!["conditions"]!.AsArray().Any(static condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True");
    }
}
