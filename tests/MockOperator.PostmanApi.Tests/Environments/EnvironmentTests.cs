using System.Text;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;

namespace MockOperator.PostmanApi.Tests.Environments;

public sealed class EnvironmentTests : IAsyncLifetime
{
    private const string Unknown = "5daabc50-8451-43f6-922d-96b403b4f28e";

    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await PlayedApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private async Task<string> MakeAsync(string type = "default") =>
        $"/environments/{(await _api.SendAsync("POST", "/environments?workspace=demo", Samples.Environment(type: type))).Is(200)["environment"]["uid"]}";

    [Fact]
    public async Task One_is_stored_in_a_ConfigMap_and_read_again()
    {
        var path = await MakeAsync();

        Assert.Equal("true", (string?)_api.Cluster.Objects.Find("configmaps", "demo", "staging")!["metadata"]!["labels"]!["mockoperator.dev/postman-environment"]);
        Assert.Equal("Staging", (string?)(await _api.GetAsync("/environments?workspace=demo")).Is(200)["environments"].AsArray().Single()!["name"]);
        var environment = (await _api.GetAsync(path)).Is(200)["environment"];
        Assert.Equal("Staging", (string?)environment["name"]);
        Assert.Equal("""{"key":"host","value":"staging.example","enabled":true,"type":"default","description":"Where."}""", environment["values"]![0]!.ToJsonString());
        Assert.Equal("""{"key":"port","value":"8080","enabled":false,"type":"default"}""", environment["values"]![1]!.ToJsonString());
    }

    [Theory]
    [InlineData(""" "type":"secret" """)]
    [InlineData(""" "type":"default","secret":true """)]
    public async Task A_secret_variable_is_kept_in_a_Secret(string kind)
    {
        (await _api.SendAsync("POST", "/environments?workspace=demo", $$$"""{"environment":{"name":"Keys","values":[{"key":"a","value":"hush",{{{kind}}}}]}}""")).Is(200);

        Assert.Empty(_api.Cluster.Objects.List("configmaps"));
        Assert.NotNull(_api.Cluster.Objects.Find("secrets", "demo", "keys"));
    }

    [Fact]
    public async Task One_that_becomes_secret_moves_and_keeps_its_id()
    {
        var path = await MakeAsync();

        (await _api.SendAsync("PATCH", path, """[{"op":"replace","path":"/values/0/type","value":"secret"}]""", contentType: "application/json-patch+json")).Is(200);

        Assert.Empty(_api.Cluster.Objects.List("configmaps"));
        Assert.NotNull(_api.Cluster.Objects.Find("secrets", "demo", "staging"));
        Assert.Equal("secret", (string?)(await _api.GetAsync(path)).Is(200)["environment"]["values"]![0]!["type"]);
    }

    [Fact]
    public async Task A_put_replaces_what_it_names()
    {
        var path = await MakeAsync();

        Assert.Equal("Live", (string?)(await _api.SendAsync("PUT", path, """{"environment":{"name":"Live"}}""")).Is(200)["environment"]["name"]);
        Assert.Equal(2, (await _api.GetAsync(path))["environment"]["values"]!.AsArray().Count);
        (await _api.SendAsync("PUT", path, """{"environment":{"values":[{"key":"n","value":5}]}}""")).Is(200);
        var environment = (await _api.GetAsync(path))["environment"];
        Assert.Equal("Live", (string?)environment["name"]);
        Assert.Equal("""{"key":"n","value":"5","enabled":true,"type":"default"}""", environment["values"]!.AsArray().Single()!.ToJsonString());
    }

    [Fact]
    public async Task A_patch_adds_replaces_and_removes_in_its_order()
    {
        var path = await MakeAsync();

        var patched = (await _api.SendAsync(
            "PATCH",
            path,
            """
            [{"op":"replace","path":"/name","value":"Patched"},{"op":"add","path":"/values/-","value":{"key":"z","value":"last"}},{"op":"add","path":"/values/0","value":{"key":"first","value":"1"}},
             {"op":"replace","path":"/values/1/enabled","value":false},{"op":"remove","path":"/values/1/description"},{"op":"remove","path":"/values/2"}]
            """)).Is(200)["environment"];

        Assert.Equal("Patched", (string?)patched["name"]);
        Assert.NotNull(patched["uid"]);
        Assert.Equal(["first", "host", "z"], patched["values"]!.AsArray().Select(value => (string?)value!["key"]));
        Assert.Equal("""{"key":"host","value":"staging.example","enabled":false,"type":"default"}""", patched["values"]![1]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"op":"replace"}""", "Patch sequence must be an array")]
    [InlineData("""[{"op":"replace","path":"/name"}]""", "Patch operations with empty value are not supported")]
    [InlineData("""[{"op":"replace","path":"/owner","value":"x"}]""", "Invalid path in JSON Patch operation")]
    [InlineData("""[{"op":"replace","path":"/values/01/value","value":"x"}]""", "Invalid path in JSON Patch operation")]
    [InlineData("""[{"op":"replace","path":"/values/9","value":{"key":"a"}}]""", "Cannot perform the operation at a path that does not exist")]
    [InlineData("""[{"op":"replace","path":"/values/0/value","value":7}]""", "/values/0/value: must be a string")]
    [InlineData("""[{"op":"remove","path":"/name"}]""", "Invalid path in JSON Patch operation")]
    [InlineData("""[{"op":"test","path":"/name","value":"x"}]""", "operation 0: op is add, replace or remove")]
    public async Task A_patch_that_does_not_fit_changes_nothing(string patch, string message)
    {
        var path = await MakeAsync();

        Assert.Equal(message, (await _api.SendAsync("PATCH", path, patch)).Is(400).Message);

        Assert.Equal("Staging", (string?)(await _api.GetAsync(path))["environment"]["name"]);
    }

    [Theory]
    [InlineData("""{"environment":{"values":[]}}""", "must have required property 'name'")]
    [InlineData("""{"environment":{"name":"a","values":[null]}}""", "Invalid type: null (expected object) at environment.values.0")]
    [InlineData("""{"environment":{"name":"a","values":[{"key":"k","value":{"hush":"s3cret"}}]}}""", "Invalid type: object (expected string) at environment.values.0.value")]
    [InlineData("""{"environment":{"name":"a","values":[{"value":"s3cret"}]}}""", "environment.values.0: must have required property 'key'")]
    [InlineData("""{"environment":{"name":"a","values":[{"key":"k","value":"s3cret","type":"s3cret"}]}}""", "environment.values.0.type is default or secret")]
    public async Task What_is_no_environment_is_told_by_its_place_and_never_by_a_value(string body, string message)
    {
        var answer = (await _api.SendAsync("POST", "/environments?workspace=demo", body)).Is(400, "malformedRequestError");

        Assert.EndsWith(message, answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", answer.Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_deleted_and_what_is_not_there_is_told_as_Postman_tells_it()
    {
        var path = await MakeAsync();
        Assert.Equal(path.Split('/')[^1], (string?)(await _api.SendAsync("DELETE", path)).Is(200)["environment"]["uid"]);
        (await _api.SendAsync("DELETE", path)).Is(404, "instanceNotFoundError");
        (await _api.GetAsync($"/environments/{Unknown}")).Is(400, "instanceNotFoundError");
        (await _api.SendAsync("PUT", $"/environments/{Unknown}", """{"environment":{"name":"a"}}""")).Is(404, "instanceNotFoundError");
    }

    [Fact]
    public async Task A_ConfigMap_without_the_label_is_no_environment()
    {
        _api.Cluster.Objects.Put("configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"other","namespace":"demo"},"data":{"environment.json":"{\"name\":\"x\",\"values\":[]}"}}""");

        Assert.Empty((await _api.GetAsync("/environments")).Is(200)["environments"].AsArray());
        (await _api.GetAsync($"/environments/{PostmanId.Of(PostmanKind.Environment, new("demo", "other"))}")).Is(400, "instanceNotFoundError");
    }

    [Fact]
    public async Task One_that_is_too_large_for_an_object_is_refused()
    {
        var body = new StringBuilder("""{"environment":{"name":"a","values":[""").AppendJoin(',', Enumerable.Range(0, 4).Select(i => $$"""{"key":"k{{i}}","value":"{{new string('x', 300_000)}}"}""")).Append("]}}");

        Assert.Contains("fit into an object", (await _api.SendAsync("POST", "/environments?workspace=demo", body.ToString())).Is(400, "malformedRequestError").Message, StringComparison.Ordinal);
    }
}
