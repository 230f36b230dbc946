using System.Text;
using System.Text.Json.Nodes;
using MockOperator.Cli.Keys;
using MockOperator.Cli.Terminal;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class KeyTests
{
    private const string Seen = """{"private":true,"apiKeys":{"secretRef":{"name":"petstore-keys"}}}""";
    private const string Spec = "private: true\n  apiKeys: {secretRef: {name: petstore-keys}}";

    [Fact]
    public async Task Into_a_pipe_goes_the_bare_key()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore", Seen);
        Store(cli, ("frontend", "secret-1"));
        Assert.Equal((0, "secret-1\n", ""), (await cli.RunAsync("key", "petstore")) is var ran ? (ran.Code, ran.Output, ran.Errors) : default);
        Store(cli, ("frontend", "secret-1"), ("ci", "secret-2"));
        Assert.Equal("secret-2\n", (await cli.RunAsync("key", "petstore", "ci")).Output);
        Assert.Equal("Error: The Secret petstore-keys has several keys; name one: ci, frontend.\n", (await cli.RunAsync("key", "petstore")).Errors);
        Assert.Equal("Error: The Secret petstore-keys has no key x. There are: ci, frontend.\n", (await cli.RunAsync("key", "petstore", "x")).Errors);
        Assert.StartsWith("NAME       KEY\nci         secret-2\nfrontend   secret-1\n", (await cli.TypeAsync("key", "petstore")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_mock_and_a_missing_right_are_said()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore", Seen);
        cli.AddMock("open");
        Store(cli, ("frontend", "secret-1"));
        cli.Cluster.Users["v"] = PlayedUser.Viewer("demo");
        Assert.StartsWith("Error: The mock open is public: it takes no key.", (await cli.RunAsync("key", "open")).Errors, StringComparison.Ordinal);
        Assert.StartsWith("Error: You may not read the Secret petstore-keys in the namespace demo: that takes the right `get` on `secrets`.", (await cli.RunAsync("v", false, ["key", "petstore"])).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frontend", "frontend-2")]
    [InlineData("frontend-2", "frontend-3")]
    [InlineData("a-b", "a-b-2")]
    [InlineData("taken", "taken-3")]
    [InlineData("-", "--2")]
    public void The_next_name_counts_on(string old, string next) => Assert.Equal(next, KeyRotation.NextName(old, [old, "taken-2"]));

    [Fact]
    public async Task A_key_is_rotated_without_refusing_a_caller()
    {
        await using var mock = await PlayedMock.StartAsync(Spec, Seen, Secret(("frontend", "old-key")));
        Store(mock.Cli, ("frontend", "old-key"));
        // The kubelet: what is in the Secret comes into the pod.
        mock.Cli.Cluster.Objects.Written = (_, entity) =>
        {
            if ((string?)entity["metadata"]!["name"] == "petstore-keys")
                mock.Pod.Write(Manifest(Secret([.. entity["data"]!.AsObject().Select(entry => (entry.Key, Encoding.ASCII.GetString(Convert.FromBase64String((string)entry.Value!))))])));
        };
        Assert.Equal(200, (int)(await mock.Pod.SendAsync("GET", "/pets", ("x-api-key", "old-key"))).StatusCode);

        var begun = await mock.Cli.RunAsync("rotate-key", "petstore");
        Assert.Equal(0, begun.Code);
        var key = begun.Output.Trim();
        Assert.Matches("^[A-Za-z0-9_-]{43}$", key);
        Assert.DoesNotContain(key, begun.Errors, StringComparison.Ordinal);
        Assert.Contains("1 of 1 pods have the key frontend-2\nEvery pod takes it: give it to the callers.\n", begun.Errors.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("The key frontend is still used (1 calls since the pods began). In the last 10m by:\n  127.0.0.1  1 calls", begun.Errors, StringComparison.Ordinal);
        Assert.Contains(mock.Cli.Cluster.Requests, request => request is { Verb: "patch", Resource: "pods" });
        Assert.Equal(200, (int)(await mock.Pod.SendAsync("GET", "/pets", ("x-api-key", key))).StatusCode);
        Assert.Equal(200, (int)(await mock.Pod.SendAsync("GET", "/pets", ("x-api-key", "old-key"))).StatusCode);

        var tooEarly = await mock.Cli.RunAsync("rotate-key", "petstore", "--finish", "frontend");
        Assert.Equal(1, tooEarly.Code);
        Assert.EndsWith("Error: The key frontend was not removed. Wait until its callers have the new one, or give --force.\n", tooEarly.Errors, StringComparison.Ordinal);

        var finished = await mock.Cli.RunAsync("rotate-key", "petstore", "--finish", "frontend", "--force");
        Assert.Equal((0, ""), (finished.Code, finished.Output));
        Assert.Equal(["frontend-2"], mock.Secret()["data"]!.AsObject().Select(entry => entry.Key));
        Assert.Equal(401, (int)(await mock.Pod.SendAsync("GET", "/pets", ("x-api-key", "old-key"))).StatusCode);
        Assert.StartsWith("Error: frontend-2 is the only key", (await mock.Cli.RunAsync("rotate-key", "petstore", "--finish", "frontend-2")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_keys_than_pods_name_are_said_not_to_be_seen()
    {
        (string, string)[] keys = [.. Enumerable.Range(0, 100).Select(static i => ($"k{i:000}", $"key-{i}")), ("z", "last")];
        await using var mock = await PlayedMock.StartAsync(Spec, Seen, Secret(keys));
        Store(mock.Cli, keys);

        var begun = await mock.Cli.RunAsync("rotate-key", "petstore", "--key", "z");
        Assert.Equal(0, begun.Code);
        Assert.Matches("^[A-Za-z0-9_-]{43}\n$", begun.Output);
        Assert.Contains("more keys than the 100 that pods name in their metrics, and z-2 is not among those: whether they have it cannot be seen.\nPods read it within a minute or two.", begun.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Every pod takes it", begun.Errors, StringComparison.Ordinal);
        Assert.Contains("Nobody showed the key z in the last 10m, as far as the pods remember; it is not among the 100 keys that pods count by name.\n", begun.Errors, StringComparison.Ordinal);

        var finished = await mock.Cli.RunAsync("rotate-key", "petstore", "--finish", "z");
        Assert.Equal(0, finished.Code);
        Assert.Contains("whether they have dropped it cannot be seen.\nNot all pods need have noticed yet", finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_asked_before_callers_are_refused()
    {
        await using var mock = await PlayedMock.StartAsync(Spec, Seen, Secret(("frontend", "old-key"), ("frontend-2", "new-key")));
        Store(mock.Cli, ("frontend", "old-key"), ("frontend-2", "new-key"));
        await mock.Pod.SendAsync("GET", "/pets", ("x-api-key", "old-key"));
        var answers = new Answers { Yes = false };
        var no = await mock.Cli.RunAsync(PlayedCluster.AdminToken, isTerminal: true, ["rotate-key", "petstore", "--finish", "frontend"], answers);
        Assert.Equal((1, 2), (no.Code, mock.Secret()["data"]!.AsObject().Count));
        Assert.Equal(["These callers will be refused. Remove the key frontend all the same?"], answers.Asked);
    }

    [Fact]
    public async Task A_Secret_that_GitOps_keeps_is_left_alone()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore", Seen);
        Store(cli, ("frontend", "old-key"));
        var secret = cli.Cluster.Objects.Find("secrets", "demo", "petstore-keys")!;
        secret["metadata"]!["labels"] = new JsonObject { ["kustomize.toolkit.fluxcd.io/name"] = "apps", ["kustomize.toolkit.fluxcd.io/namespace"] = "flux-system" };
        cli.Cluster.Objects.Put("secrets", secret);
        var ran = await cli.RunAsync("rotate-key", "petstore");
        Assert.Equal((1, ""), (ran.Code, ran.Output));
        Assert.Contains("is kept by Flux", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_mock_is_asked_for_explanations_with_its_key()
    {
        await using var mock = await PlayedMock.StartAsync(Spec, Seen, Secret(("frontend", "old-key")));
        Store(mock.Cli, ("frontend", "old-key"));
        Assert.StartsWith("GET /pets is answered by all pets, 200.", (await mock.Cli.RunAsync("explain", "petstore", "/pets")).Output, StringComparison.Ordinal);
    }

    private static string Manifest(string more) => $$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: petstore}
        spec:
          {{Spec}}
          {{PlayedMock.Pets}}
        {{more}}
        """;

    private static string Secret(params (string Name, string Key)[] keys) =>
        $"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: petstore-keys}}\nstringData: {{{string.Join(", ", keys.Select(key => $"{key.Name}: {key.Key}"))}}}";

    private static void Store(PlayedCli cli, params (string Name, string Key)[] keys)
    {
        var data = new JsonObject();
        foreach (var (name, key) in keys)
            data[name] = Convert.ToBase64String(Encoding.ASCII.GetBytes(key + "\n"));
        cli.Cluster.Objects.Put("secrets", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = "petstore-keys", ["namespace"] = "demo" }, ["data"] = data });
    }

    private sealed class Answers : IQuestions
    {
        public bool Yes { get; init; }

        public List<string> Asked { get; } = [];

        public bool Confirm(string question, bool standard = false)
        {
            Asked.Add(question);
            return Yes;
        }

        public int Choose(string question, IReadOnlyList<string> choices) => throw new InvalidOperationException(question);

        public string Ask(string question, string? standard = null, Func<string, string?>? fault = null) => throw new InvalidOperationException(question);

        public void Tell(string text) => throw new InvalidOperationException(text);
    }
}
