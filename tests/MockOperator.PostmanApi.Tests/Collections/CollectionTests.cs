using System.Text;
using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;

namespace MockOperator.PostmanApi.Tests.Collections;

public sealed class CollectionTests : IAsyncLifetime
{
    private const string Unknown = "5daabc50-8451-43f6-922d-96b403b4f28e";

    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await PlayedApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private async Task<string> MakeAsync(string name = "Pets") =>
        (string)(await _api.SendAsync("POST", $"/collections?workspace={PostmanId.OfWorkspace("demo")}", $$"""{"collection":{{Samples.Collection(name)}} }""")).Is(200)["collection"]["uid"]!;

    [Fact]
    public async Task One_is_stored_listed_and_read_again_with_ids_that_clients_rely_on()
    {
        var uid = await MakeAsync();

        Assert.NotNull(_api.Cluster.Objects.Find("collections", "demo", "pets"));
        var line = (await _api.GetAsync("/collections")).Is(200)["collections"].AsArray().Single()!;
        Assert.Equal(("Pets", uid), ((string?)line["name"], (string?)line["uid"]));
        var collection = (await _api.GetAsync($"/collections/{uid}")).Is(200)["collection"];
        Assert.Equal(uid, (string?)collection["info"]!["uid"]);
        Assert.Equal((string?)line["id"], (string?)collection["info"]!["_postman_id"]);
        Assert.Equal("Animals.", (string?)collection["info"]!["description"]);
        var dogs = collection["item"]![0]!;
        Assert.Equal("5daabc50-8451-43f6-922d-96b403b4f28e", (string?)dogs["item"]![0]!["id"]);
        Assert.Equal("10000000-5daabc50-8451-43f6-922d-96b403b4f28e", (string?)dogs["item"]![0]!["uid"]);
        Assert.NotNull(PostmanId.Read((string?)dogs["id"]));
        Assert.NotNull(PostmanId.Read((string?)dogs["item"]![0]!["response"]![0]!["id"]));
        // The same at every reading.
        Assert.True(JsonNode.DeepEquals(collection, (await _api.GetAsync($"/collections/{uid}"))["collection"]));
        var minimal = (await _api.GetAsync($"/collections/{uid}?model=minimal")).Is(200)["collection"];
        Assert.Null(minimal["item"]);
        Assert.Equal((string?)dogs["uid"], (string?)minimal["rootLevelFolders"]![0]);
        Assert.Equal((string?)collection["item"]![1]!["uid"], (string?)minimal["rootLevelRequests"]![0]);
    }

    [Fact]
    public async Task Lists_are_filtered_by_name_and_workspace_and_cut_into_pages()
    {
        foreach (var name in (string[])["C", "A", "B"])
            _api.PutCollection(name.ToLowerInvariant(), name);
        _api.PutCollection("a", "A", "default");

        var page = (await _api.GetAsync("/collections?workspace=demo&offset=1&limit=1")).Is(200);

        Assert.Equal("B", (string?)page["collections"].AsArray().Single()!["name"]);
        Assert.Equal("""{"total":3,"offset":1,"limit":1}""", page["meta"].ToJsonString());
        Assert.Equal(2, (await _api.GetAsync("/collections?name=A")).Is(200)["collections"].AsArray().Count);
        Assert.Empty((await _api.GetAsync($"/collections?workspace={Unknown}")).Is(200)["collections"].AsArray());
        (await _api.GetAsync("/collections?limit=x")).Is(400, "invalidParamsError");
        (await _api.GetAsync("/collections?offset=-1")).Is(400, "invalidParamsError");
    }

    [Fact]
    public async Task Content_is_replaced_and_what_was_answered_can_be_sent_back()
    {
        var uid = await MakeAsync();
        var read = (await _api.GetAsync($"/collections/{uid}")).Json.DeepClone();
        read["collection"]!["info"]!["name"] = "Pets v2";

        var put = (await _api.SendAsync("PUT", $"/collections/{uid}", read.ToJsonString())).Is(200)["collection"];

        Assert.Equal(("Pets v2", uid), ((string?)put["name"], (string?)put["uid"]));
        var again = (await _api.GetAsync($"/collections/{uid}"))["collection"];
        Assert.True(JsonNode.DeepEquals(read["collection"]!["item"], again["item"]));
    }

    [Fact]
    public async Task A_patch_changes_name_and_variables_and_leaves_the_items()
    {
        var uid = await MakeAsync();

        var patched = (await _api.SendAsync(
            "PATCH",
            $"/collections/{uid}",
            """{"collection":{"info":{"name":"Beasts","description":"All."},"variable":[{"key":"token","value":"x"},{"key":"baseUrl","value":"https://other.example"}],"auth":{"type":"noauth"},"events":[{"listen":"test","script":{"exec":["1"],"type":"text/javascript"}}]}}""")).Is(200)["collection"];

        Assert.Equal(("Beasts", "All."), ((string?)patched["name"], (string?)patched["description"]));
        var collection = (await _api.GetAsync($"/collections/{uid}")).Is(200)["collection"];
        Assert.Equal("Beasts", (string?)collection["info"]!["name"]);
        Assert.Equal(["token", "baseUrl"], collection["variable"]!.AsArray().Select(variable => (string?)variable!["key"]));
        Assert.Equal("https://other.example", (string?)collection["variable"]![1]!["value"]);
        Assert.Equal("noauth", (string?)collection["auth"]!["type"]);
        Assert.Equal("test", (string?)collection["event"]![0]!["listen"]);
        Assert.Equal(2, collection["item"]!.AsArray().Count);
    }

    [Fact]
    public async Task One_is_deleted_with_what_it_owns()
    {
        var uid = await MakeAsync();

        Assert.Equal(uid, (string?)(await _api.SendAsync("DELETE", $"/collections/{uid}")).Is(200)["collection"]["uid"]);
        Assert.Empty(_api.Cluster.Objects.List("collections"));
        var again = (await _api.SendAsync("DELETE", $"/collections/{uid}")).Is(404, "instanceNotFoundError");
        Assert.Equal("application/problem+json", again.ContentType);
        // Reading answers 400: Postman's own.
        (await _api.GetAsync($"/collections/{uid}")).Is(400, "instanceNotFoundError");
    }

    [Fact]
    public async Task Examples_that_were_written_by_hand_are_read_as_a_collection_of_Postman()
    {
        _api.Cluster.Objects.Put("collections", """
            {"apiVersion":"mockoperator.dev/v1alpha1","kind":"Collection","metadata":{"name":"hand","namespace":"demo"},
             "spec":{"examples":[{"name":"Dogs","request":{"method":"GET","path":"/dogs"},"response":{"status":200,"body":"[]"}}]}}
            """);

        var collection = (await _api.GetAsync($"/collections/{PostmanId.UidOf(PostmanKind.Collection, new("demo", "hand"))}")).Is(200)["collection"];

        Assert.Equal("hand", (string?)collection["info"]!["name"]);
        Assert.NotEmpty(collection["item"]!.AsArray());
    }

    [Theory]
    [InlineData("{}", "paramMissingError")]
    [InlineData("""{"collection":{}}""", "malformedRequestError")]
    [InlineData("""{"collection":{"info":{"name":"a"}}}""", "malformedRequestError")]
    [InlineData("""{"collection":"x"}""", "paramMissingError")]
    [InlineData("""{"environment":{"name":"a","values":[]}}""", "paramMissingError")]
    [InlineData("not json", "malformedRequestError")]
    [InlineData("""{"collection":{"info":{"name":"a"},"item":[]}} trailing""", "malformedRequestError")]
    [InlineData("", "malformedRequestError")]
    public async Task What_is_no_collection_is_refused_with_what_is_missing(string body, string error)
    {
        (await _api.SendAsync("POST", "/collections?workspace=demo", body)).Is(400, error);

        Assert.Empty(_api.Cluster.Objects.List("collections"));
    }

    [Theory]
    [InlineData("{}", "paramMissingError")]
    [InlineData("""{"collection":{}}""", "paramMissingError")]
    [InlineData("""{"collection":{"item":[]}}""", "badRequest")]
    [InlineData("""{"collection":{"info":{"version":"1"}}}""", "badRequest")]
    [InlineData("""{"collection":{"variable":[{"key":"a","type":"secret"}]}}""", "badRequest")]
    [InlineData("""{"collection":{"variable":[{"value":"a"}]}}""", "paramMissingError")]
    public async Task A_patch_of_something_else_is_refused(string body, string error)
    {
        var uid = await MakeAsync();

        (await _api.SendAsync("PATCH", $"/collections/{uid}", body)).Is(400, error);
    }

    [Fact]
    public async Task A_collection_of_25_megabytes_is_stored_and_read_again()
    {
        var text = new StringBuilder("""{"collection":{"info":{"name":"Large","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[""");
        var random = new Random(1);
        for (var i = 0; text.Length < 25_000_000; i++)
        {
            // Letters that compress to half: it has to fit into ConfigMaps.
            text.Append(i == 0 ? "" : ",").Append($$$"""{"name":"r{{{i}}}","request":{"method":"GET","url":"https://x.example/{{{i}}}"},"response":[{"name":"a","code":200,"body":"{{{new string((char)('a' + random.Next(26)), 4000)}}}"}]}""");
        }

        var uid = (string)(await _api.SendAsync("POST", "/collections?workspace=demo", text.Append("]}}").ToString())).Is(200)["collection"]["uid"]!;

        Assert.Equal("r0", (string?)(await _api.GetAsync($"/collections/{uid}")).Is(200)["collection"]["item"]![0]!["name"]);
    }

    [Fact]
    public async Task When_a_write_is_refused_nothing_is_left()
    {
        _api.Cluster.Trouble = request => request is { Verb: "create", Resource: "collections" } ? (422, "no") : null;

        (await _api.SendAsync("POST", "/collections?workspace=demo", $$"""{"collection":{{Samples.Collection()}} }""")).Is(400);

        Assert.Empty(_api.Cluster.Objects.List("configmaps"));
    }
}
