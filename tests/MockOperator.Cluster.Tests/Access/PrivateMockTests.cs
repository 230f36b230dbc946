using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Access;

public class PrivateMockTests(TestCluster cluster)
{
    private const string Secrets = "api/v1/namespaces/default/secrets";

    private static (string Name, string Value) Key(string key) => ("x-api-key", key);

    private Task<JsonObject> WriteSecretAsync(string name, JsonObject entries) => cluster.Api.ApplyAsync(
        $"{Secrets}/{name}", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = name }, ["stringData"] = entries });

    private Task RefreshAsync(RunningMock mock) => cluster.KubectlAsync(
        "annotate", "pods", "-l", $"mockoperator.dev/mock-server={mock.Name}", $"mockoperator.dev/keys-awaited={Guid.NewGuid():N}", "--overwrite");

    [Fact]
    public async Task A_private_mock_gets_one_strong_key_that_is_seen_nowhere_but_in_its_secret()
    {
        await using var mock = await RunningMock.StartAsync(cluster, "closed", """{"private": true}""");
        await mock.ConditionAsync("KeysAvailable", "True");
        await mock.ConditionAsync("Ready", "True");
        var secret = await cluster.Api.GetAsync($"{Secrets}/closed-api-keys");
        Assert.Equal("MockServer", (string?)secret["metadata"]!["ownerReferences"]![0]!["kind"]);
        var entry = Assert.Single(secret["data"]!.AsObject());
        var key = Encoding.ASCII.GetString(Convert.FromBase64String((string)entry.Value!));
        Assert.True(key.Length >= 43);

        await mock.AnswersAsync(HttpStatusCode.OK, Key(key));
        Assert.Equal(HttpStatusCode.Unauthorized, (await mock.SendAsync("GET", "/pets")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await mock.SendAsync("GET", "/pets", Key(key + "x"))).StatusCode);
        await AssertNowhereAsync(mock, key);
        await AssertNowhereAsync(mock, (string)entry.Value!);
    }

    [Fact]
    public async Task Private_public_and_private_again_need_no_rollout()
    {
        await WriteSecretAsync("toggled-api-keys", new JsonObject { ["mine"] = "a-key-of-my-own" });
        await using var mock = await RunningMock.StartAsync(cluster, "toggled", """{"private": true}""");
        await mock.ConditionAsync("Ready", "True");
        var pods = await mock.PodsAsync();
        await mock.AnswersAsync(HttpStatusCode.Unauthorized);
        await mock.ApplyAsync("""{"private": false}""");
        await mock.AnswersAsync(HttpStatusCode.OK);
        await mock.ApplyAsync("""{"private": true}""");
        await mock.AnswersAsync(HttpStatusCode.Unauthorized);
        await mock.AnswersAsync(HttpStatusCode.OK, Key("a-key-of-my-own"));
        Assert.Equal(pods, await mock.PodsAsync());
        await cluster.Api.DeleteAsync($"{Secrets}/toggled-api-keys");
    }

    [Fact]
    public async Task Keys_rotate_with_overlap_and_no_restart()
    {
        await WriteSecretAsync("rotating", new JsonObject { ["old"] = "first-key" });
        await using var mock = await RunningMock.StartAsync(cluster, "rotated", """{"private": true, "apiKeys": {"secretRef": {"name": "rotating"}}}""");
        await mock.ConditionAsync("Ready", "True");
        await mock.AnswersAsync(HttpStatusCode.OK, Key("first-key"));
        var pods = await mock.PodsAsync();

        await WriteSecretAsync("rotating", new JsonObject { ["old"] = "first-key", ["new"] = "second-key" });
        await RefreshAsync(mock);
        await mock.AnswersAsync(HttpStatusCode.OK, Key("second-key"));
        Assert.Equal(HttpStatusCode.OK, (await mock.SendAsync("GET", "/pets", Key("first-key"))).StatusCode);

        await cluster.KubectlAsync("patch", "secret", "rotating", "--type", "json", "-p", """[{"op": "remove", "path": "/data/old"}]""");
        await RefreshAsync(mock);
        await mock.AnswersAsync(HttpStatusCode.Unauthorized, Key("first-key"));
        Assert.Equal(HttpStatusCode.OK, (await mock.SendAsync("GET", "/pets", Key("second-key"))).StatusCode);
        Assert.Equal(pods, await mock.PodsAsync());
        await cluster.Api.DeleteAsync($"{Secrets}/rotating");
    }

    [Fact]
    public async Task Without_its_secret_a_private_mock_is_closed_and_not_ready_until_it_comes()
    {
        await using var mock = await RunningMock.StartAsync(cluster, "keyless", """{"private": true, "apiKeys": {"secretRef": {"name": "later"}}}""");
        var condition = await mock.ConditionAsync("KeysAvailable", "False");
        Assert.Contains("'later'", (string?)condition["message"], StringComparison.Ordinal);
        await Eventually.TrueAsync(
            "the missing keys are why the mock is not ready",
            async () => (string?)(await mock.ConditionAsync("Ready", "False"))["reason"] == "KeysUnavailable",
            cluster.StateAsync);
        await mock.AnswersAsync(HttpStatusCode.Unauthorized, Key(""));
        await WriteSecretAsync("later", new JsonObject { ["a"] = "" });
        condition = await Eventually.GetAsync(
            "the empty entry is named",
            async () => await mock.ConditionAsync("KeysAvailable", "False") is { } found && ((string)found["message"]!).Contains("'a'", StringComparison.Ordinal) ? found : null,
            cluster.StateAsync);
        await WriteSecretAsync("later", new JsonObject { ["a"] = "a-real-key" });
        await mock.ConditionAsync("Ready", "True");
        await mock.AnswersAsync(HttpStatusCode.OK, Key("a-real-key"));
        await cluster.Api.DeleteAsync($"{Secrets}/later");
    }

    [Fact]
    public async Task The_operator_may_not_read_secrets()
    {
        var account = $"system:serviceaccount:{TestCluster.OperatorNamespace}:mock-operator";
        foreach (var verb in new[] { "get", "list", "watch", "update", "patch", "delete" })
            Assert.False(await cluster.CanIAsync(verb, "secrets", "--as", account, "-n", "default"), $"the operator may {verb} Secrets");
    }

    private async Task AssertNowhereAsync(RunningMock mock, string secret)
    {
        var places = new Dictionary<string, string>
        {
            ["mocks"] = await cluster.KubectlAsync("get", "mockservers,configmaps,deployments,services,ingresses,replicasets", "-A", "-o", "yaml"),
            ["pods"] = await cluster.KubectlAsync("get", "pods", "-A", "-o", "yaml"),
            ["events"] = await cluster.KubectlAsync("get", "events", "-A", "-o", "yaml"),
            ["operator's log"] = await cluster.KubectlAsync("-n", TestCluster.OperatorNamespace, "logs", "-l", "app.kubernetes.io/name=mock-operator", "--tail", "-1"),
            ["runtime's log"] = await cluster.KubectlAsync("logs", "-l", $"mockoperator.dev/mock-server={mock.Name}", "--tail", "-1"),
        };
        foreach (var pod in await mock.PodsAsync())
            places[$"metrics of {pod}"] = await cluster.Api.TextAsync($"api/v1/namespaces/default/pods/{pod}:9090/proxy/metrics");
        foreach (var (place, text) in places)
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"a key is in {place}");
    }
}
