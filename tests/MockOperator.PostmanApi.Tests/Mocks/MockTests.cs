using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Tests.Playing;

namespace MockOperator.PostmanApi.Tests.Mocks;

public sealed class MockTests : IAsyncLifetime
{
    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await PlayedApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Mocks_of_all_namespaces_are_listed_as_Postman_lists_them()
    {
        _api.PutCollection("pets");
        _api.PutMock("pets", """{"displayName":"Pets, v1","collectionRef":{"name":"pets"},"private":true,"delay":{"preset":"2G"},"matching":{"headers":["x-tenant"],"body":"Exact"}}""", status: """{"url":"http://pets.demo.svc"}""");
        _api.PutMock("other", ns: "default");

        var mocks = (await _api.GetAsync("/mocks")).Is(200)["mocks"].AsArray();

        Assert.Equal(2, mocks.Count);
        var mock = mocks.Single(mock => (string?)mock!["name"] == "Pets, v1")!;
        Assert.Equal("http://pets.demo.svc", (string?)mock["mockUrl"]);
        Assert.Equal($"{mock["owner"]}-{mock["id"]}", (string?)mock["uid"]);
        Assert.False((bool)mock["isPublic"]!);
        Assert.False((bool)mock["deactivated"]!);
        Assert.Null(mock["environment"]);
        Assert.False(mock.AsObject().ContainsKey("private"));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"headers":["x-tenant"],"matchBody":true,"matchHeader":true,"matchQueryParams":true,"matchWildcards":true,"delay":{"type":"fixed","preset":"1","duration":300},"serverResponseId":""}"""),
            mock["config"]));
    }

    [Fact]
    public async Task A_mock_is_made_of_a_collection_and_named_for_people()
    {
        _api.PutCollection("pets", "Pets");
        var collection = (string?)(await _api.GetAsync("/collections")).Is(200)["collections"][0]!["uid"];

        var made = (await _api.SendAsync("POST", "/mocks?workspace=demo", $$$"""{"mock":{"name":"My Pets (v2)","collection":"{{{collection}}}","private":true}}""")).Is(200)["mock"];

        Assert.Equal("My Pets (v2)", (string?)made["name"]);
        Assert.Equal(collection, (string?)made["collection"]);
        Assert.False(made.AsObject().ContainsKey("isPublic"));
        var stored = _api.Cluster.Objects.Find("mockservers", "demo", "my-pets-v2")!;
        Assert.Equal("My Pets (v2)", (string?)stored["spec"]!["displayName"]);
        Assert.Equal("pets", (string?)stored["spec"]!["collectionRef"]!["name"]);
        Assert.True((bool)stored["spec"]!["private"]!);
        Assert.Equal((string?)made["id"], (string?)(await _api.GetAsync($"/mocks/{made["uid"]}")).Is(200)["mock"]["id"]);
    }
}
