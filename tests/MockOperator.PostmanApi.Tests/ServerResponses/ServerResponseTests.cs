using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;

namespace MockOperator.PostmanApi.Tests.ServerResponses;

public sealed class ServerResponseTests : IAsyncLifetime
{
    private const string Unknown = "5daabc50-8451-43f6-922d-96b403b4f28e";
    private static readonly string Mock = $"/mocks/{PostmanId.Of(PostmanKind.Mock, new("demo", "pets"))}";
    private static readonly string Path = $"{Mock}/server-responses";

    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await PlayedApi.StartAsync();
        _api.PutMock("pets");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private Task<ApiAnswer> MakeAsync(string name = "Down", string more = "") => _api.SendAsync("POST", Path, $$$"""{"serverResponse":{"name":"{{{name}}}","statusCode":503{{{more}}}}}""");

    private JsonNode Spec => _api.Cluster.Objects.Find("mockservers", "demo", "pets")!["spec"]!;

    [Fact]
    public async Task One_that_is_made_is_not_active_and_is_answered_without_a_wrapper()
    {
        var made = (await MakeAsync(more: ""","headers":[{"key":"Content-Type","value":"application/json"},{"key":"Retry-After","value":"5"}],"language":"json","body":"{\"a\":1}" """)).Is(200);

        Assert.Equal(("Down", 503, "json", """{"a":1}"""), ((string?)made["name"], (int?)made["statusCode"], (string?)made["language"], (string?)made["body"]));
        Assert.Equal(2, made["headers"].AsArray().Count);
        Assert.Null(Spec["activeServerResponse"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""[{"name":"Down","status":503,"headers":[{"name":"Content-Type","value":"application/json"},{"name":"Retry-After","value":"5"}],"body":"{\"a\":1}"}]"""),
            Spec["serverResponses"]));
        var list = (await _api.GetAsync(Path)).Is(200).Json.AsArray();
        Assert.Equal((string?)made["id"], (string?)list.Single()!["id"]);
        Assert.False(list.Single()!.AsObject().ContainsKey("body"));
    }

    [Fact]
    public async Task The_mock_activates_one_and_null_or_deleting_it_ends_that()
    {
        var id = (string)(await MakeAsync()).Is(200)["id"]!;
        Assert.Equal(id, (string?)(await _api.SendAsync("PUT", Mock, $$$$"""{"mock":{"config":{"serverResponseId":"{{{{id}}}}"}}}""")).Is(200)["mock"]["config"]!["serverResponseId"]);
        Assert.Equal("Down", (string?)Spec["activeServerResponse"]);
        Assert.Null((await _api.SendAsync("PUT", Mock, """{"mock":{"config":{"serverResponseId":null}}}""")).Is(200)["mock"]["config"]!["serverResponseId"]);
        Assert.Null(Spec["activeServerResponse"]);

        await _api.SendAsync("PUT", Mock, $$$$"""{"mock":{"config":{"serverResponseId":"10000000-{{{{id}}}}"}}}""");
        var gone = (await _api.SendAsync("DELETE", $"{Path}/{id}")).Is(200).Json.AsObject();
        Assert.False(gone.ContainsKey("updatedAt") || gone.ContainsKey("mock"));
        Assert.Null(Spec["activeServerResponse"]);
        Assert.Empty((await _api.GetAsync(Path)).Is(200).Json.AsArray());
        (await _api.SendAsync("PUT", Mock, $$$$"""{"mock":{"config":{"serverResponseId":"{{{{id}}}}"}}}""")).Is(400, "invalidParamsError");
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_a_rename_keeps_it_active()
    {
        var id = (string)(await MakeAsync(more: ""","body":"now" """)).Is(200)["id"]!;
        await _api.SendAsync("PUT", Mock, $$$$"""{"mock":{"config":{"serverResponseId":"{{{{id}}}}"}}}""");

        var changed = (await _api.SendAsync("PUT", $"{Path}/{id}", """{"serverResponse":{"name":"Away","statusCode":500}}""")).Is(200);

        Assert.Equal(("Away", 500, "now"), ((string?)changed["name"], (int?)changed["statusCode"], (string?)changed["body"]));
        Assert.Equal("Away", (string?)Spec["activeServerResponse"]);
        (await _api.GetAsync($"{Path}/{changed["id"]}")).Is(200);
    }

    [Fact]
    public async Task Two_of_one_name_are_told_apart_by_a_number()
    {
        await MakeAsync();
        Assert.Equal("Down 2", (string?)(await MakeAsync()).Is(200)["name"]);
        Assert.Equal("Down 3", (string?)(await MakeAsync()).Is(200)["name"]);
    }

    [Fact]
    public async Task None_is_lost_when_many_are_made_at_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => MakeAsync($"Down-{i}")));

        Assert.All(made, answer => answer.Is(200));
        Assert.Equal(4, (await _api.GetAsync(Path)).Is(200).Json.AsArray().Count);
    }

    [Theory]
    [InlineData("""{}""", "paramMissingError", "serverResponse")]
    [InlineData("""{"serverResponse":{"statusCode":500}}""", "paramMissingError", "name")]
    [InlineData("""{"serverResponse":{"name":"a"}}""", "paramMissingError", "statusCode")]
    [InlineData("""{"serverResponse":{"name":"a","statusCode":404}}""", "invalidParamsError", "statusCode")]
    [InlineData("""{"serverResponse":{"name":"a","statusCode":500,"language":"cobol"}}""", "invalidParamsError", "language")]
    public async Task What_is_missing_or_wrong_is_named(string body, string error, string parameter)
    {
        var answer = (await _api.SendAsync("POST", Path, body)).Is(400, error);

        Assert.Equal(parameter, (string?)answer["error"]["details"]!["param"]![0]);
    }

    [Theory]
    [InlineData("""{"key":"x\r\nset-cookie","value":"a"}""")]
    [InlineData("""{"key":"x","value":"a\r\nset-cookie: b"}""")]
    [InlineData("""{"key":"x y","value":"a"}""")]
    public async Task A_header_that_would_inject_another_is_refused(string header)
    {
        (await MakeAsync(more: $""","headers":[{header}]""")).Is(400, "malformedRequestError");

        Assert.Null(Spec["serverResponses"]);
    }

    [Fact]
    public async Task A_mock_or_server_response_that_is_not_there_has_a_heading()
    {
        var mock = (await _api.GetAsync($"/mocks/{Unknown}/server-responses")).Is(404, "mockNotFoundError");
        Assert.Equal("Unable to find mock", (string?)mock["error"]["header"]);
        foreach (var (method, body) in ((string, string?)[])[("GET", null), ("PUT", """{"serverResponse":{"name":"a"}}"""), ("DELETE", null)])
        {
            var response = (await _api.SendAsync(method, $"{Path}/{Unknown}", body)).Is(404, "serverResponseNotFoundError");
            Assert.Equal("Unable to find mock server response", (string?)response["error"]["header"]);
        }
    }

    [Theory]
    [InlineData("""{"name":"a","status":503,"body":"<a/>","headers":[{"name":"content-type","value":"text/xml"}]}""", "xml")]
    [InlineData("""{"name":"a","status":429,"body":"[1]"}""", "json")]
    [InlineData("""{"name":"a","status":503,"body":"{oops"}""", "text")]
    [InlineData("""{"name":"a","status":503}""", "text")]
    public async Task The_language_is_told_by_what_there_is(string response, string expected)
    {
        _api.PutMock("pets", $$"""{"collectionRef":{"name":"pets"},"serverResponses":[{{response}}]}""");

        var id = (string)(await _api.GetAsync(Path)).Is(200).Json[0]!["id"]!;

        Assert.Equal(expected, (string?)(await _api.GetAsync($"{Path}/{id}")).Is(200)["language"]);
    }
}
