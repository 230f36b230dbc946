using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Serving;

/// <summary>RBAC decides: what each role may do here is what it may do in the cluster.</summary>
public sealed class RightsTests : IAsyncLifetime
{
    private static readonly string Pets = PostmanId.UidOf(PostmanKind.Collection, new("demo", "pets"));
    private static readonly string Mock = PostmanId.Of(PostmanKind.Mock, new("demo", "pets"));
    private static readonly string Response = PostmanId.Of(PostmanKind.ServerResponse, new("demo", "pets"), "Down");
    private static readonly string Staging = PostmanId.Of(PostmanKind.Environment, new("demo", "staging"));

    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await PlayedApi.StartAsync();
        _api.Cluster.Users["viewer"] = PlayedUser.Viewer("demo");
        _api.Cluster.Users["editor"] = PlayedUser.Editor("demo");
        _api.Cluster.Users["nobody"] = PlayedUser.Nobody;
        _api.PutCollection("pets");
        _api.PutMock("pets", """{"collectionRef":{"name":"pets"},"serverResponses":[{"name":"Down","status":503}]}""");
        (await _api.SendAsync("POST", "/environments?workspace=demo", Samples.Environment())).Is(200);
        // What a caller who may list no namespaces has named once is known of them.
        foreach (var user in (string[])["viewer", "editor"])
            (await _api.GetAsync("/mocks?workspace=demo", user)).Is(200);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    public static TheoryData<string, string, string?, bool> Operations => new()
    {
        { "GET", "/mocks", null, false },
        { "GET", $"/mocks/{Mock}", null, false },
        { "GET", $"/mocks/{Mock}/server-responses", null, false },
        { "GET", $"/mocks/{Mock}/server-responses/{Response}", null, false },
        { "GET", "/collections", null, false },
        { "GET", $"/collections/{Pets}", null, false },
        { "GET", "/environments", null, false },
        { "GET", $"/environments/{Staging}", null, false },
        { "GET", "/workspaces/demo", null, false },
        { "POST", "/mocks", $$$"""{"mock":{"collection":"{{{Pets}}}"}}""", true },
        { "PUT", $"/mocks/{Mock}", """{"mock":{"name":"x"}}""", true },
        { "DELETE", $"/mocks/{Mock}/unpublish", null, true },
        { "POST", $"/mocks/{Mock}/server-responses", """{"serverResponse":{"name":"a","statusCode":500}}""", true },
        { "PUT", $"/mocks/{Mock}/server-responses/{Response}", """{"serverResponse":{"statusCode":500}}""", true },
        { "DELETE", $"/mocks/{Mock}/server-responses/{Response}", null, true },
        { "DELETE", $"/mocks/{Mock}", null, true },
        { "POST", "/collections?workspace=demo", $$"""{"collection":{{Samples.Collection("New")}} }""", true },
        { "PUT", $"/collections/{Pets}", $$"""{"collection":{{Samples.Collection("New")}} }""", true },
        { "PATCH", $"/collections/{Pets}", """{"collection":{"info":{"name":"x"}}}""", true },
        { "DELETE", $"/collections/{Pets}", null, true },
        { "POST", "/environments?workspace=demo", Samples.Environment("New"), true },
        { "PUT", $"/environments/{Staging}", Samples.Environment("New"), true },
        { "PATCH", $"/environments/{Staging}", """[{"op":"replace","path":"/name","value":"x"}]""", true },
        { "DELETE", $"/environments/{Staging}", null, true },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Viewers_read_editors_write_and_nobody_does_neither(string method, string path, string? body, bool writes)
    {
        var before = Stored();
        Assert.Contains((int)(await _api.SendAsync(method, path, body, "nobody")).Status, (int[])[403, 404]);
        var seen = await _api.SendAsync(method, path, body, "viewer");
        Assert.Equal(before, Stored());
        seen.Is(writes ? 403 : 200);

        (await _api.SendAsync(method, path, body, "editor")).Is(200);

        Assert.Equal(writes, before != Stored());
    }

    [Fact]
    public async Task What_one_caller_was_shown_is_not_known_of_another()
    {
        (await _api.GetAsync($"/mocks/{Mock}", "viewer")).Is(200);

        (await _api.GetAsync($"/mocks/{Mock}", "nobody")).Is(403, "forbiddenError");
    }

    [Fact]
    public async Task A_right_that_was_taken_away_is_gone_with_the_next_request()
    {
        (await _api.GetAsync($"/mocks/{Mock}", "viewer")).Is(200);

        _api.Cluster.Users["viewer"] = PlayedUser.Nobody;

        (await _api.GetAsync($"/mocks/{Mock}", "viewer")).Is(403, "forbiddenError");
    }

    [Fact]
    public async Task Whoever_may_list_only_some_namespaces_sees_those_that_they_named()
    {
        _api.PutMock("other", ns: "default");

        Assert.Single((await _api.GetAsync("/mocks", "viewer")).Is(200)["mocks"].AsArray());
        Assert.Equal("demo", (string?)(await _api.GetAsync("/workspaces", "viewer")).Is(200)["workspaces"].AsArray().Single()!["name"]);
        (await _api.GetAsync("/mocks?workspace=default", "viewer")).Is(403, "forbiddenError");
        Assert.Equal(2, (await _api.GetAsync("/mocks")).Is(200)["mocks"].AsArray().Count);
    }

    [Fact]
    public async Task The_namespace_of_a_service_account_is_that_of_its_token()
    {
        var claims = Convert.ToBase64String("""{"sub":"system:serviceaccount:demo:ci","kubernetes.io":{"namespace":"demo"}}"""u8.ToArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var token = $"e30.{claims}.c2ln";
        _api.Cluster.Users[token] = PlayedUser.Editor("demo");

        Assert.Single((await _api.GetAsync("/mocks", token)).Is(200)["mocks"].AsArray());
        (await _api.SendAsync("POST", "/collections", $$"""{"collection":{{Samples.Collection("Ci")}} }""", token)).Is(200);
        Assert.NotNull(_api.Cluster.Objects.Find("collections", "demo", "ci"));
        Assert.Equal("system:serviceaccount:demo:ci", (string?)(await _api.GetAsync("/me", token)).Is(200)["user"]["username"]);
    }

    [Fact]
    public async Task A_secret_environment_is_read_by_those_who_may_read_Secrets()
    {
        var uid = (string)(await _api.SendAsync("POST", "/environments?workspace=demo", Samples.Environment("Keys", "secret"))).Is(200)["environment"]["uid"]!;

        Assert.Equal("Staging", (string?)(await _api.GetAsync("/environments", "viewer")).Is(200)["environments"].AsArray().Single()!["name"]);
        Assert.NotEqual(200, (int)(await _api.GetAsync($"/environments/{uid}", "viewer")).Status);
        (await _api.GetAsync($"/environments/{uid}", "editor")).Is(200);
    }

    private string Stored() => new JsonArray(
        [.. ((string[])["mockservers", "collections", "configmaps", "secrets"]).SelectMany(resource => _api.Cluster.Objects.List(resource)).Select(item => (JsonNode)item)]).ToJsonString();
}
