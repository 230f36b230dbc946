using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;

namespace MockOperator.PostmanApi.Tests.Mocks;

public sealed class MockTests : IAsyncLifetime
{
    private static readonly string Pets = PostmanId.UidOf(PostmanKind.Collection, new("demo", "pets"));
    private static readonly string Mock = PostmanId.Of(PostmanKind.Mock, new("demo", "pets"));

    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await PlayedApi.StartAsync();
        _api.PutCollection("pets", "Pets");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Mocks_of_all_namespaces_are_listed_as_Postman_lists_them()
    {
        _api.PutMock("pets", """{"displayName":"Pets, v1","collectionRef":{"name":"pets"},"private":true,"delay":{"preset":"2G"},"matching":{"headers":["x-tenant"],"body":"Exact"}}""", status: """{"url":"http://pets.demo.svc"}""");
        _api.PutMock("other", ns: "default");

        var mocks = (await _api.GetAsync("/mocks")).Is(200)["mocks"].AsArray();

        Assert.Equal(2, mocks.Count);
        var mock = mocks.Single(mock => (string?)mock!["name"] == "Pets, v1")!;
        Assert.Equal("http://pets.demo.svc", (string?)mock["mockUrl"]);
        Assert.Equal($"{mock["owner"]}-{mock["id"]}", (string?)mock["uid"]);
        Assert.False((bool)mock["isPublic"]!);
        Assert.False((bool)mock["deactivated"]!);
        Assert.False(mock.AsObject().ContainsKey("environment"));
        Assert.False(mock.AsObject().ContainsKey("private"));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"headers":["x-tenant"],"matchBody":true,"matchHeader":true,"matchQueryParams":true,"matchWildcards":true,"delay":{"type":"fixed","preset":"1","duration":300},"serverResponseId":""}"""),
            mock["config"]));
    }

    [Theory]
    [InlineData("workspace")]
    [InlineData("workspaceId")]
    public async Task A_workspace_is_asked_for_by_both_names_that_clients_know(string parameter)
    {
        _api.PutMock("pets");
        _api.PutMock("other", ns: "default");

        Assert.Single((await _api.GetAsync($"/mocks?{parameter}={PostmanId.OfWorkspace("demo")}")).Is(200)["mocks"].AsArray());
        Assert.Single((await _api.GetAsync($"/mocks?{parameter}=default&teamId=1")).Is(200)["mocks"].AsArray());
        Assert.Empty((await _api.GetAsync($"/mocks?{parameter}=5daabc50-8451-43f6-922d-96b403b4f28e")).Is(200)["mocks"].AsArray());
        Assert.Empty((await _api.GetAsync($"/mocks?{parameter}=../secrets")).Is(200)["mocks"].AsArray());
    }

    [Theory]
    [InlineData("""{"preset":"3G"}""", """{"type":"fixed","preset":"2","duration":100}""")]
    [InlineData("""{"fixed":"1s500ms"}""", """{"type":"fixed","duration":1500}""")]
    [InlineData("""{"min":"1s","max":"3s"}""", """{"type":"fixed","duration":3000}""")]
    [InlineData("null", "null")]
    public async Task A_delay_is_told_as_Postman_has_it(string delay, string expected)
    {
        _api.PutMock("pets", $$"""{"collectionRef":{"name":"pets"},"delay":{{delay}} }""");

        var config = (await _api.GetAsync($"/mocks/{Mock}")).Is(200)["mock"]["config"]!.AsObject();

        Assert.True(config.ContainsKey("delay"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), config["delay"]));
    }

    [Fact]
    public async Task A_single_mock_says_null_where_no_server_response_is_active_and_a_list_an_empty_text()
    {
        _api.PutMock("pets");

        var config = (await _api.GetAsync($"/mocks/{Mock}")).Is(200)["mock"]["config"]!.AsObject();

        Assert.True(config.ContainsKey("serverResponseId"));
        Assert.Null(config["serverResponseId"]);
        Assert.Equal("", (string?)(await _api.GetAsync("/mocks"))["mocks"][0]!["config"]!["serverResponseId"]);
    }

    [Fact]
    public async Task A_mock_whose_collection_was_deleted_is_deactivated()
    {
        _api.PutMock("pets", status: """{"conditions":[{"type":"CollectionResolved","status":"False","reason":"CollectionNotFound","message":""}]}""");

        Assert.True((bool)(await _api.GetAsync($"/mocks/{Mock}")).Is(200)["mock"]["deactivated"]!);
    }

    [Fact]
    public async Task A_mock_is_made_of_a_collection_and_named_for_people()
    {
        var made = (await _api.SendAsync("POST", "/mocks?workspace=demo", $$$"""{"mock":{"name":"My Pets (v2)","collection":"{{{Pets}}}","private":true,"unknown":1}}""")).Is(200)["mock"];

        Assert.Equal("My Pets (v2)", (string?)made["name"]);
        Assert.Equal(Pets, (string?)made["collection"]);
        Assert.False(made.AsObject().ContainsKey("isPublic"));
        var stored = _api.Cluster.Objects.Find("mockservers", "demo", "my-pets-v2")!;
        Assert.Equal("My Pets (v2)", (string?)stored["spec"]!["displayName"]);
        Assert.Equal("pets", (string?)stored["spec"]!["collectionRef"]!["name"]);
        Assert.True((bool)stored["spec"]!["private"]!);
        Assert.Contains("postman-api", stored["metadata"]!["managedFields"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((string?)made["id"], (string?)(await _api.GetAsync($"/mocks/{made["uid"]}")).Is(200)["mock"]["id"]);
    }

    [Fact]
    public async Task A_second_mock_of_one_name_gets_another_object_and_keeps_its_name()
    {
        var body = $$$"""{"mock":{"name":"Pets","collection":"{{{Pets}}}"}}""";
        var first = (await _api.SendAsync("POST", "/mocks", body)).Is(200)["mock"];
        var second = (await _api.SendAsync("POST", "/mocks", body)).Is(200)["mock"];

        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
        Assert.Equal("Pets", (string?)second["name"]);
        Assert.Equal(2, _api.Cluster.Objects.List("mockservers").Count);
    }

    [Theory]
    [InlineData("😀😀", "mock")]
    [InlineData("42 is the answer", "is-the-answer")]
    [InlineData("A_B__C", "a-b-c")]
    public async Task Any_name_for_people_becomes_a_name_that_a_Service_may_have(string name, string expected)
    {
        await _api.SendAsync("POST", "/mocks", $$$"""{"mock":{"name":"{{{name}}}","collection":"{{{Pets}}}"}}""");

        Assert.NotNull(_api.Cluster.Objects.Find("mockservers", "demo", expected));
    }

    [Fact]
    public async Task An_environment_is_used_where_it_is_kept()
    {
        var secret = (string)(await _api.SendAsync("POST", "/environments?workspace=demo", Samples.Environment(type: "secret"))).Is(200)["environment"]["uid"]!;

        var made = (await _api.SendAsync("POST", "/mocks", $$$"""{"mock":{"collection":"{{{Pets}}}","environment":"{{{secret}}}"}}""")).Is(200)["mock"];

        Assert.Equal(secret, (string?)made["environment"]);
        Assert.Equal("staging", (string?)_api.Cluster.Objects.Find("mockservers", "demo", "pets")!["spec"]!["environment"]!["postman"]!["secretKeyRef"]!["name"]);
        Assert.False((await _api.SendAsync("PUT", $"/mocks/{Mock}", """{"mock":{"environment":null}}""")).Is(200)["mock"].AsObject().ContainsKey("environment"));
    }

    [Fact]
    public async Task A_rename_never_opens_a_private_mock_and_publishing_does()
    {
        _api.PutMock("pets", """{"collectionRef":{"name":"pets"},"private":true}""");

        Assert.Equal("New", (string?)(await _api.SendAsync("PUT", $"/mocks/{Mock}", $$$"""{"mock":{"name":"New","private":false,"collection":"{{{Pets}}}"}}""")).Is(200)["mock"]["name"]);
        Assert.False((bool)(await _api.GetAsync($"/mocks/{Mock}"))["mock"]["isPublic"]!);

        (await _api.SendAsync("POST", $"/mocks/{Mock}/publish")).Is(200);
        Assert.True((bool)(await _api.GetAsync($"/mocks/{Mock}"))["mock"]["isPublic"]!);
        (await _api.SendAsync("POST", $"/mocks/{Mock}/publish")).Is(400, "mockAlreadyPublishedError");
        (await _api.SendAsync("DELETE", $"/mocks/{Mock}/unpublish")).Is(200);
        (await _api.SendAsync("DELETE", $"/mocks/{Mock}/unpublish")).Is(400, "mockAlreadyUnpublishedError");
        (await _api.SendAsync("POST", $"/mocks/{Mock}/publish")).Is(200);
        (await _api.SendAsync("PUT", $"/mocks/{Mock}", """{"mock":{"private":true}}""")).Is(200);
        Assert.False((bool)(await _api.GetAsync($"/mocks/{Mock}"))["mock"]["isPublic"]!);
    }

    [Fact]
    public async Task An_update_changes_only_what_it_names()
    {
        _api.PutMock("pets", """{"collectionRef":{"name":"pets"},"delay":{"preset":"2G"},"replicas":3}""");
        _api.PutCollection("cats");

        var cats = PostmanId.UidOf(PostmanKind.Collection, new("demo", "cats"));
        Assert.Equal(cats, (string?)(await _api.SendAsync("PUT", $"/mocks/10000000-{Mock}", $$$"""{"mock":{"collection":"{{{cats}}}","description":"For the shop."}}""")).Is(200)["mock"]["collection"]);

        var stored = _api.Cluster.Objects.Find("mockservers", "demo", "pets")!;
        Assert.Equal(("cats", 3, "2G"), ((string?)stored["spec"]!["collectionRef"]!["name"], (int?)stored["spec"]!["replicas"], (string?)stored["spec"]!["delay"]!["preset"]));
        Assert.Equal("For the shop.", (string?)stored["metadata"]!["annotations"]!["kubernetes.io/description"]);
    }

    [Fact]
    public async Task A_mock_is_deleted_and_its_id_is_that_of_one_made_again()
    {
        _api.PutMock("pets");
        Assert.Equal(Mock, (string?)(await _api.SendAsync("DELETE", $"/mocks/{Mock}")).Is(200)["mock"]["id"]);
        (await _api.GetAsync($"/mocks/{Mock}")).Is(404, "instanceNotFoundError");

        _api.PutMock("pets");
        (await _api.GetAsync($"/mocks/{Mock}")).Is(200);
    }

    [Fact]
    public async Task Examples_of_a_mock_s_own_have_a_uid_that_an_update_may_name()
    {
        _api.PutMock("pets", """{"collection":{"examples":[{"name":"a","request":{"method":"GET","path":"/"},"response":{"status":200}}]}}""");
        var uid = (string)(await _api.GetAsync($"/mocks/{Mock}")).Is(200)["mock"]["collection"]!;

        (await _api.SendAsync("PUT", $"/mocks/{Mock}", $$$"""{"mock":{"name":"Own","collection":"{{{uid}}}"}}""")).Is(200);
        Assert.NotNull(_api.Cluster.Objects.Find("mockservers", "demo", "pets")!["spec"]!["collection"]);
    }
}
