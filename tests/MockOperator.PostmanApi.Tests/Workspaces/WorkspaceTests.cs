using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Workspaces;

public sealed class WorkspaceTests : IAsyncLifetime
{
    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await PlayedApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Namespaces_are_workspaces_in_pages()
    {
        var all = (await _api.GetAsync("/workspaces")).Is(200);
        Assert.Equal(["default", "demo"], all["workspaces"].AsArray().Select(workspace => (string?)workspace!["name"]));
        Assert.False(all.Json.AsObject().ContainsKey("meta"));

        var first = (await _api.GetAsync("/workspaces?limit=1")).Is(200);
        Assert.Equal("default", (string?)first["workspaces"].AsArray().Single()!["name"]);
        var second = (await _api.GetAsync($"/workspaces?limit=1&cursor={first["meta"]["nextCursor"]}")).Is(200);
        Assert.Equal("demo", (string?)second["workspaces"].AsArray().Single()!["name"]);
        Assert.Null(second["meta"]["nextCursor"]);
    }

    [Fact]
    public async Task A_workspace_tells_what_is_in_it()
    {
        _api.PutCollection("pets", "Pets");
        _api.PutMock("pets");
        (await _api.SendAsync("POST", "/environments?workspace=demo", Samples.Environment())).Is(200);

        foreach (var name in (string[])["demo", PostmanId.OfWorkspace("demo")])
        {
            var workspace = (await _api.GetAsync($"/workspaces/{name}?include=mocks:deactivated")).Is(200)["workspace"];

            Assert.Equal(PostmanId.UidOf(PostmanKind.Mock, new("demo", "pets")), (string?)workspace["mocks"]!.AsArray().Single()!["uid"]);
            Assert.Equal("Pets", (string?)workspace["collections"]!.AsArray().Single()!["name"]);
            Assert.Equal("Staging", (string?)workspace["environments"]!.AsArray().Single()!["name"]);
        }
    }

    [Fact]
    public async Task Workspaces_are_filtered_by_type_owner_and_element()
    {
        _api.PutCollection("pets");
        var pets = PostmanId.UidOf(PostmanKind.Collection, new("demo", "pets"));

        Assert.Equal("demo", (string?)(await _api.GetAsync($"/workspaces?elementType=collection&elementId={pets}")).Is(200)["workspaces"].AsArray().Single()!["name"]);
        Assert.Empty((await _api.GetAsync("/workspaces?elementType=collection&elementId=5daabc50-8451-43f6-922d-96b403b4f28e")).Is(200)["workspaces"].AsArray());
        Assert.Empty((await _api.GetAsync("/workspaces?type=personal")).Is(200)["workspaces"].AsArray());
        Assert.Equal(2, (await _api.GetAsync("/workspaces?type=team")).Is(200)["workspaces"].AsArray().Count);
        Assert.Empty((await _api.GetAsync("/workspaces?createdBy=1,2")).Is(200)["workspaces"].AsArray());
        Assert.Equal(2, (await _api.GetAsync($"/workspaces?createdBy=1,{PostmanId.Owner}")).Is(200)["workspaces"].AsArray().Count);
    }

    [Theory]
    [InlineData("type=huge", "visibilityStatus must be one of personal/private/team/public/partner")]
    [InlineData("elementType=collection", "elementId is required when elementType is provided")]
    [InlineData("elementType=mock&elementId=1", "elementType must be one of: collection, specification")]
    [InlineData("limit=101", "The limit parameter must not exceed 100.")]
    [InlineData("cursor=!", "Invalid cursor")]
    public async Task What_is_wrong_is_told_in_Postman_s_words(string query, string message) =>
        Assert.Equal(message, (await _api.GetAsync($"/workspaces?{query}")).Is(400).Message);

    [Theory]
    [InlineData("5daabc50-8451-43f6-922d-96b403b4f28e")]
    [InlineData("nowhere")]
    [InlineData("..%2fdemo")]
    public async Task A_workspace_that_is_not_there_repeats_its_status(string id)
    {
        var answer = (await _api.GetAsync($"/workspaces/{id}")).Is(404, "workspaceNotFoundError");

        Assert.Equal(404, (int?)answer["error"]["statusCode"]);
    }

    [Fact]
    public async Task The_account_sums_up_all_quotas_that_can_be_seen()
    {
        Assert.Empty((await _api.GetAsync("/me")).Is(200)["operations"].AsArray());
        foreach (var (ns, used) in ((string, int)[])[("demo", 10), ("default", 5)])
            _api.Cluster.Objects.Put("mockquotas", $$$"""{"apiVersion":"mockoperator.dev/v1alpha1","kind":"MockQuota","metadata":{"name":"q","namespace":"{{{ns}}}"},"spec":{"calls":1000},"status":{"limit":1000,"used":{{{used}}},"lost":1}}""");

        var account = (await _api.GetAsync("/me")).Is(200);

        Assert.Equal("""{"name":"mock_usage","limit":2000,"usage":17,"overage":0}""", account["operations"].AsArray().Single()!.ToJsonString());
        Assert.Equal(PostmanId.OwnerNumber, (long)account["user"]["id"]!);
        _api.Cluster.Users["nobody"] = PlayedUser.Nobody;
        Assert.Empty((await _api.GetAsync("/me", "nobody")).Is(200)["operations"].AsArray());
        (await _api.GetAsync("/me", "unknown")).Is(401);
    }
}
