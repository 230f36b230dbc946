using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;

namespace MockOperator.PostmanApi.Tests.Mocks;

/// <summary>The errors of the table, word for word where Postman has words.</summary>
public sealed class MockErrorTests : IAsyncLifetime
{
    private const string Unknown = "5daabc50-8451-43f6-922d-96b403b4f28e";
    private static readonly string Mock = PostmanId.Of(PostmanKind.Mock, new("demo", "pets"));

    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await PlayedApi.StartAsync();
        _api.PutCollection("pets");
        _api.PutMock("pets");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Without_a_key_the_error_says_where_one_belongs()
    {
        var answer = (await _api.GetAsync("/mocks", key: null)).Is(401, "AuthenticationError");

        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("https://api.postman.com/problems/unauthorized", (string?)answer["type"]);
        Assert.Equal("Unauthorized", (string?)answer["title"]);
        Assert.Equal("An API key must be provided in the request header or query string", (string?)answer["detail"]);
        Assert.Equal(401, (int?)answer["status"]);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.")]
    public async Task A_wrong_key_is_told_as_Postman_tells_it(string key)
    {
        var answer = (await _api.GetAsync("/mocks", key)).Is(401, "AuthenticationError");

        Assert.Equal("Invalid API Key. Every request requires a valid API Key to be sent.", answer.Message);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_a_wrong_key_from_the_next_request_on()
    {
        _api.Cluster.Users["short"] = MockOperator.Testing.PlayedUser.Admin;
        (await _api.GetAsync($"/mocks/{Mock}", "short")).Is(200);

        _api.Cluster.Users.TryRemove("short", out _);

        (await _api.GetAsync($"/mocks/{Mock}", "short")).Is(401, "AuthenticationError");
    }

    [Fact]
    public async Task A_mock_that_is_not_there_has_empty_details()
    {
        var answer = (await _api.GetAsync($"/mocks/{Unknown}")).Is(404, "instanceNotFoundError");

        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("The specified mock does not exist.", answer.Message);
        Assert.Empty(answer["error"]["details"]!.AsObject());
    }

    [Theory]
    [InlineData("{}", "mock")]
    [InlineData("""{"mock":null}""", "mock")]
    [InlineData("""{"mock":{"name":"a"}}""", "collection")]
    [InlineData("""{"mock":{"collection":""}}""", "collection")]
    public async Task A_parameter_that_is_missing_is_named(string body, string parameter)
    {
        var answer = (await _api.SendAsync("POST", "/mocks", body)).Is(400, "paramMissingError");

        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("Parameter is missing in the request.", answer.Message);
        Assert.True(JsonNode.DeepEquals(new JsonArray(parameter), answer["error"]["details"]!["param"]));
    }

    [Theory]
    [InlineData("""{"mock":{"collection":7}}""", "mock.collection")]
    [InlineData("""{"mock":[]}""", "mock")]
    [InlineData("""{"mock":{"collection":"x","private":"yes"}}""", "mock.private")]
    [InlineData("[]", "the body")]
    public async Task A_value_of_a_wrong_type_is_named_by_its_place(string body, string place)
    {
        var answer = (await _api.SendAsync("POST", "/mocks", body)).Is(400, "malformedRequestError");

        Assert.EndsWith(" at " + place, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData(Unknown)]
    public async Task A_collection_or_environment_that_is_not_there_makes_no_mock(string id)
    {
        var pets = PostmanId.UidOf(PostmanKind.Collection, new("demo", "pets"));
        (await _api.SendAsync("POST", "/mocks", $$$"""{"mock":{"collection":"{{{id}}}"}}""")).Is(400, "invalidParamsError");
        (await _api.SendAsync("POST", "/mocks", $$$"""{"mock":{"collection":"{{{pets}}}","environment":"{{{id}}}"}}""")).Is(400, "invalidParamsError");

        Assert.Single(_api.Cluster.Objects.List("mockservers"));
    }

    [Fact]
    public async Task A_collection_of_another_workspace_makes_no_mock()
    {
        var pets = PostmanId.UidOf(PostmanKind.Collection, new("demo", "pets"));

        var answer = (await _api.SendAsync("POST", "/mocks?workspace=default", $$$"""{"mock":{"collection":"{{{pets}}}"}}""")).Is(400, "invalidParamsError");

        Assert.Contains("workspace demo", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"mock":{}}""")]
    [InlineData("""{"mock":{"foo":1}}""")]
    public async Task An_update_of_nothing_names_what_could_be_updated(string body)
    {
        var answer = (await _api.SendAsync("PUT", $"/mocks/{Mock}", body)).Is(400, "paramMissingError");

        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("At least one parameter must be provided.", answer.Message);
        Assert.Equal("environment, private, name, config, collection", (string?)answer["error"]["details"]!["param"]);
    }

    [Fact]
    public async Task Already_public_and_already_private_are_told_in_Postman_s_words()
    {
        Assert.Equal("This mock is already public.", (await _api.SendAsync("POST", $"/mocks/{Mock}/publish")).Is(400, "mockAlreadyPublishedError").Message);
        (await _api.SendAsync("DELETE", $"/mocks/{Mock}/unpublish")).Is(200);
        Assert.Equal("This mock has already been deleted.", (await _api.SendAsync("DELETE", $"/mocks/{Mock}/unpublish")).Is(400, "mockAlreadyUnpublishedError").Message);
    }

    [Fact]
    public async Task What_is_no_operation_is_answered_in_the_same_form()
    {
        (await _api.GetAsync("/monitors")).Is(404, "notFoundError");
        (await _api.SendAsync("PATCH", $"/mocks/{Mock}", "{}")).Is(404, "notFoundError");
        (await _api.GetAsync("/")).Is(404, "notFoundError");
    }

    [Fact]
    public async Task An_API_server_that_is_away_is_told_so_that_only_reading_is_repeated()
    {
        _api.Cluster.Trouble = request => request.Resource == "mockservers" ? (500, "etcd is away") : null;

        var read = (await _api.GetAsync("/mocks")).Is(503, "serverError");
        Assert.NotEmpty(read.Headers["Retry-After"]);

        _api.Cluster.Trouble = request => request.Verb == "create" ? (500, "etcd is away") : null;
        var pets = PostmanId.UidOf(PostmanKind.Collection, new("demo", "pets"));
        var written = (await _api.SendAsync("POST", "/mocks", $$$"""{"mock":{"collection":"{{{pets}}}"}}""")).Is(500, "serverError");
        Assert.Equal("application/problem+json", written.ContentType);
        Assert.False(written.Headers.ContainsKey("Retry-After"));
        Assert.Equal("serverError", (string?)written["error"]["type"]);
    }

    [Fact]
    public async Task A_refusal_of_the_API_server_is_told_with_the_right_that_is_missing()
    {
        _api.Cluster.Users["view"] = MockOperator.Testing.PlayedUser.Viewer("demo");
        (await _api.GetAsync("/mocks?workspace=demo", "view")).Is(200);

        var answer = (await _api.SendAsync("DELETE", $"/mocks/{Mock}", key: "view")).Is(403, "forbiddenError");

        Assert.Contains("cannot delete resource \"mockservers\"", answer.Message, StringComparison.Ordinal);
    }
}
