using System.Text.Json.Nodes;
using MockOperator.Operator.Content;
using MockOperator.Operator.Stores;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>One collection that many mocks serve: what an edit of it costs.</summary>
public sealed class SharedCollectionTests : IAsyncLifetime
{
    private const int Mocks = 50;
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public SharedCollectionTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task An_edit_is_parsed_and_read_once_however_many_mocks_serve_it()
    {
        Export("before");
        var reference = new JsonObject { ["name"] = "export", ["key"] = "collection.json" };
        _cluster.Put("collections", "shared", new JsonObject { ["spec"] = new JsonObject { ["configMapKeyRef"] = reference } });
        for (int number = 0; number < Mocks; number++)
        {
            Mock(number, replicas: 1);
        }

        await ServedAsync("before");
        CollectionPreparer preparer = _operator!.Part<CollectionPreparer>();
        long loads = preparer.Loads;
        _cluster.Gets.Clear();

        Export("after");
        await ServedAsync("after");

        long stored = Enumerable.Range(0, Mocks).Sum(number => (long)_cluster.Find("configmaps", $"mock-{number}-mock-bundle")!.ToJsonString().Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"an edit of one collection with {Mocks} mocks: {preparer.Loads - loads} parses, {_cluster.Gets.Count(static get => get == "configmaps/export")} reads, {stored} bytes stored");
        Assert.Equal(1, preparer.Loads - loads);
        Assert.Single(_cluster.Gets, static get => get == "configmaps/export");
    }

    [Fact]
    public async Task Scaling_reads_and_parses_nothing()
    {
        Export("before");
        await Eventually.TrueAsync(() => _operator!.Part<OperatorStores>().ConfigMaps.Get("demo", "export") is not null);
        var reference = new JsonObject { ["name"] = "export", ["key"] = "collection.json" };
        _cluster.Put("mockservers", "mock-0", new JsonObject { ["spec"] = new JsonObject { ["collection"] = new JsonObject { ["configMapKeyRef"] = reference } } });
        await Eventually.TrueAsync(() => IsServed(0, "before"));
        long loads = _operator!.Part<CollectionPreparer>().Loads;
        _cluster.Gets.Clear();

        _cluster.Put("mockservers", "mock-0", new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 2 } });
        await Eventually.TrueAsync(() => (int?)_cluster.Find("deployments", "mock-0-mock")?["spec"]?["replicas"] == 2);

        Assert.Equal(loads, _operator!.Part<CollectionPreparer>().Loads);
        Assert.DoesNotContain(_cluster.Gets, static get => get.StartsWith("configmaps/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edit_reaches_mocks_while_nobody_can_look_at_the_collection()
    {
        Export("before");
        var reference = new JsonObject { ["name"] = "export", ["key"] = "collection.json" };
        _cluster.Put("collections", "shared", new JsonObject { ["spec"] = new JsonObject { ["configMapKeyRef"] = reference } });
        Mock(0, replicas: 1);
        await Eventually.TrueAsync(() => IsServed(0, "before"));
        _cluster.Refuse = static write => write.StartsWith("PATCH collections/", StringComparison.Ordinal) ? System.Net.HttpStatusCode.ServiceUnavailable : null;

        Export("after");

        await Eventually.TrueAsync(() => IsServed(0, "after"));
    }

    private void Export(string body) => _cluster.Put("configmaps", "export", new JsonObject { ["data"] = new JsonObject { ["collection.json"] = Exported(body) } });

    private void Mock(int number, int replicas) => _cluster.Put("mockservers", $"mock-{number}", new JsonObject
    {
        ["spec"] = new JsonObject { ["replicas"] = replicas, ["collectionRef"] = new JsonObject { ["name"] = "shared" } },
    });

    private Task ServedAsync(string body) => Eventually.TrueAsync(() => Enumerable.Range(0, Mocks).All(number => IsServed(number, body)));

    private bool IsServed(int number, string body) =>
        ((string?)_cluster.Find("configmaps", $"mock-{number}-mock-bundle")?["data"]?["collection.json"])?.Contains($"\"{body}\"", StringComparison.Ordinal) == true;

    private static string Exported(string body) =>
        $$"""{"info": {"name": "greetings"}, "item": [{"name": "hi", "request": {"method": "GET", "url": "http://x/hi"}, "response": [{"name": "hi", "code": 200, "body": "{{body}}"}]}]}""";
}
