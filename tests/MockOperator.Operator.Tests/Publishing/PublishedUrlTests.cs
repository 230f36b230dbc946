using System.Net;
using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Publishing;

public sealed class PublishedUrlTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public PublishedUrlTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_key_of_somebody_else_is_neither_overwritten_nor_removed()
    {
        Map("app", "application.yaml", "theirs");
        Mock("hello", "app", "application.yaml");
        await PublishedAsync("hello", "False", "PublishConflict");
        Assert.Contains("kubectl-edit", Message("hello"), StringComparison.Ordinal);
        Assert.Contains("'application.yaml' of ConfigMap 'app'", Message("hello"), StringComparison.Ordinal);
        Assert.Equal("theirs", Value("app", "application.yaml"));

        _cluster.Remove("mockservers", "hello");
        await Eventually.TrueAsync(() => _cluster.Find("deployments", "hello-mock") is null);
        Assert.Equal("theirs", Value("app", "application.yaml"));
    }

    [Fact]
    public async Task A_key_that_somebody_took_over_stays_theirs()
    {
        Mock("hello", "app", "URL");
        await PublishedAsync("hello", "True", "Published");
        Map("app", "URL", "theirs");
        await PublishedAsync("hello", "False", "PublishConflict");

        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = new JsonObject { ["publishUrl"] = null } });
        await Eventually.TrueAsync(() => _cluster.Find("configmaps", "app")!["metadata"]!["annotations"]?["publish.mockoperator.dev/hello"] is null);
        Assert.Equal("theirs", Value("app", "URL"));
    }

    [Fact]
    public async Task A_controller_that_restores_its_ConfigMap_is_not_fought()
    {
        Map("kube-root-ca.crt", "ca.crt", "certificate");
        Action<string, JsonObject> kubelet = _cluster.Written!;
        _cluster.Written = (plural, written) =>
        {
            kubelet(plural, written);
            if (plural == "configmaps" && (string?)written["metadata"]!["name"] == "kube-root-ca.crt")
            {
                _cluster.Put("configmaps", "kube-root-ca.crt", new JsonObject { ["data"] = new JsonObject { ["URL"] = null } });
            }
        };
        Mock("hello", "kube-root-ca.crt", "URL");
        await PublishedAsync("hello", "False", "PublishConflict");
        Assert.Contains("name another one", Message("hello"), StringComparison.Ordinal);
        int writes = Writes("kube-root-ca.crt");
        for (int touched = 0; touched < 5; touched++)
        {
            double looks = await _operator!.LooksAsync();
            Map("kube-root-ca.crt", "ca.crt", $"certificate {touched}");
            await Eventually.TrueAsync(async () => await _operator.LooksAsync() > looks);
        }

        Assert.Equal(writes, Writes("kube-root-ca.crt"));
    }

    [Fact]
    public async Task A_right_that_lacks_for_publishing_does_not_stop_the_mock()
    {
        _cluster.Refuse = static write => write == "PATCH configmaps/app" ? HttpStatusCode.Forbidden : null;
        Mock("hello", "app", "URL");
        await PublishedAsync("hello", "False", "PublishRefused");
        await Eventually.TrueAsync(() => (string?)Condition("hello", "Ready")?["status"] == "True");
    }

    [Fact]
    public async Task A_ConfigMap_that_was_made_anew_meanwhile_is_left_alone()
    {
        Mock("hello", "app", "URL");
        await PublishedAsync("hello", "True", "Published");
        _cluster.Read = read =>
        {
            if (read == "configmaps/app")
            {
                _cluster.Read = null;
                _cluster.Remove("configmaps", "app");
                Map("app", "URL", "theirs");
            }
        };
        _cluster.Remove("mockservers", "hello");
        await Eventually.TrueAsync(() => _cluster.Read is null && _cluster.Find("deployments", "hello-mock") is null);
        Assert.Equal("theirs", Value("app", "URL"));
    }

    [Fact]
    public async Task The_URL_of_a_mock_that_the_store_cannot_see_stays()
    {
        Mock("hello", "app", "URL");
        await PublishedAsync("hello", "True", "Published");
        await _operator!.DisposeAsync();
        _cluster.Hides = static name => name == "mockservers/hello";
        _cluster.Gets.Clear();

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet);
        await Eventually.TrueAsync(() => _cluster.Gets.Contains("mockservers/hello"));
        Mock("other", "other", "URL");
        await PublishedAsync("other", "True", "Published");
        Assert.Equal("http://hello.demo.svc", Value("app", "URL"));
    }

    [Fact]
    public async Task A_retraction_that_is_refused_is_not_repeated_at_every_change()
    {
        Mock("hello", "app", "URL");
        await PublishedAsync("hello", "True", "Published");
        await _operator!.DisposeAsync();
        _cluster.Remove("mockservers", "hello");
        _cluster.Refuse = static write => write == "DELETE configmaps/app" ? HttpStatusCode.Forbidden : null;
        _cluster.Gets.Clear();

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet);
        await Eventually.TrueAsync(() => _cluster.Gets.Contains("configmaps/app"));
        for (int number = 0; number < 3; number++)
        {
            // Each publication is a change after which the sweep looks again, half a second later.
            Mock($"other-{number}", $"other-{number}", "URL");
            await PublishedAsync($"other-{number}", "True", "Published");
            await Task.Delay(TimeSpan.FromMilliseconds(700), TestContext.Current.CancellationToken);
        }

        Assert.Single(_cluster.Gets, static read => read == "configmaps/app");
    }

    [Fact]
    public async Task An_external_URL_is_published_once_the_mock_is_exposed()
    {
        // Somebody else's Ingress has the name: the mock is not exposed until it is gone.
        _cluster.Put("ingresses", "hello-mock", new JsonObject { ["spec"] = new JsonObject() });
        _cluster.Put("mockservers", "hello", new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["collection"] = JsonNode.Parse("""{"examples": [{"name": "hi", "request": {"path": "/"}, "response": {"body": "hi"}}]}"""),
                ["ingress"] = new JsonObject { ["host"] = "hello.example.com", ["path"] = "/v1" },
                ["publishUrl"] = new JsonObject { ["address"] = "External", ["configMap"] = new JsonObject { ["name"] = "app", ["key"] = "URL" } },
            },
        });
        await PublishedAsync("hello", "False", "NotExposed");
        Assert.Contains("hello-mock", Message("hello"), StringComparison.Ordinal);
        Assert.Null(_cluster.Find("configmaps", "app"));

        _cluster.Remove("ingresses", "hello-mock");
        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = new JsonObject { ["displayName"] = "look again" } });
        await PublishedAsync("hello", "True", "Published");
        Assert.Equal("http://hello.example.com/v1", Value("app", "URL"));
    }

    private void Mock(string name, string map, string key) => _cluster.Put("mockservers", name, new JsonObject
    {
        ["spec"] = new JsonObject
        {
            ["collection"] = JsonNode.Parse("""{"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}"""),
            ["publishUrl"] = new JsonObject { ["configMap"] = new JsonObject { ["name"] = map, ["key"] = key } },
        },
    });

    private void Map(string name, string key, string value) => _cluster.Put("configmaps", name, new JsonObject { ["data"] = new JsonObject { [key] = value } });

    private string? Value(string map, string key) => (string?)_cluster.Find("configmaps", map)?["data"]?[key];

    private int Writes(string map) => _cluster.Writes.Count(write => write == $"PATCH configmaps/{map}");

    private string Message(string mock) => (string)Condition(mock, "UrlPublished")!["message"]!;

    private JsonNode? Condition(string mock, string type) =>
        (_cluster.Find("mockservers", mock)?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition!["type"] == type);

    private Task PublishedAsync(string mock, string status, string reason) => Eventually.TrueAsync(
        () => Condition(mock, "UrlPublished") is { } condition && (string?)condition["status"] == status && (string?)condition["reason"] == reason,
        () => _cluster.Find("mockservers", mock)?.ToJsonString() ?? "(none)");
}
