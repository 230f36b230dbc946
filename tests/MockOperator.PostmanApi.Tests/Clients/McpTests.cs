using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Clients;

/// <summary>Every tool of Postman's MCP server for what this API serves.</summary>
public sealed class McpTests : IAsyncLifetime
{
    private static readonly string[] Tools =
    [
        "getAuthenticatedUser", "getWorkspaces", "getWorkspace",
        "getCollections", "getCollection", "createCollection", "putCollection", "patchCollection", "deleteCollection",
        "getEnvironments", "getEnvironment", "createEnvironment", "putEnvironment", "patchEnvironment", "deleteEnvironment",
        "getMocks", "createMock", "getMock", "updateMock", "deleteMock", "publishMock", "unpublishMock",
        "getMockServerResponses", "createMockServerResponse", "getMockServerResponse", "updateMockServerResponse", "deleteMockServerResponse",
    ];

    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await PlayedApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task All_tools_for_mocks_collections_and_environments_work()
    {
        await using var server = await McpServer.StartAsync(_api.Address, PlayedCluster.AdminToken);
        var known = await server.ToolsAsync();
        // What this API serves, and no tool for it that would be missed here.
        Assert.Empty(Tools.Except(known));
        Assert.Empty(known.Where(tool => tool.Contains("Mock", StringComparison.Ordinal)).Except(Tools));
        var called = new HashSet<string>(StringComparer.Ordinal);

        Assert.Equal(JsonValueKind.Number, (await CallAsync("getAuthenticatedUser", "{}"))["user"]!["id"]!.GetValueKind());
        var workspace = PostmanId.OfWorkspace("demo");
        Assert.Contains(workspace, await ReadAsync("getWorkspaces", "{}"), StringComparison.Ordinal);

        var collection = await CallAsync("createCollection", $$"""{"workspace":"{{workspace}}","collection":{{Samples.Collection()}} }""");
        var collectionId = (string)collection["collection"]!["uid"]!;
        Assert.Contains(collectionId, await ReadAsync("getCollections", $$"""{"workspace":"{{workspace}}"}"""), StringComparison.Ordinal);
        var map = await CallAsync("getCollection", $$"""{"collectionId":"{{collectionId}}"}""");
        Assert.Equal("Pets", (string?)map["collection"]!["info"]!["name"]);
        Assert.Equal("Pets v2", (string?)(await CallAsync("patchCollection", $$$$"""{"collectionId":"{{{{collectionId}}}}","collection":{"info":{"name":"Pets v2"}}}"""))["collection"]!["name"]);
        var items = JsonNode.Parse(Samples.Collection("Pets v3"))!;
        items["item"] = new JsonArray(new JsonObject { ["id"] = "5daabc50-8451-43f6-922d-96b403b4f28e", ["name"] = "List", ["request"] = new JsonObject { ["method"] = "GET", ["url"] = "https://pets.example/dogs" } });
        items["info"]!["schema"] = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
        Assert.Equal("Pets v3", (string?)(await CallAsync("putCollection", $$"""{"collectionId":"{{collectionId}}","collection":{{items.ToJsonString()}} }"""))["collection"]!["name"]);

        var environment = await CallAsync("createEnvironment", $$$"""{"workspace":"{{{workspace}}}","environment":{"name":"Staging","values":[{"key":"host","value":"a","type":"default","enabled":true}]}}""");
        var environmentId = (string)environment["environment"]!["uid"]!;
        Assert.Single((await CallAsync("getEnvironments", $$"""{"workspace":"{{workspace}}"}"""))["environments"]!.AsArray());
        await CallAsync("patchEnvironment", $$$"""{"environmentId":"{{{environmentId}}}","body":[{"op":"add","path":"/values/1","value":{"key":"k","value":"v","type":"default","enabled":true}}]}""");
        Assert.Equal("v", (string?)(await CallAsync("getEnvironment", $$"""{"environmentId":"{{environmentId}}"}"""))["environment"]!["values"]![1]!["value"]);
        Assert.Equal("Live", (string?)(await CallAsync("putEnvironment", $$$"""{"environmentId":"{{{environmentId}}}","environment":{"name":"Live","values":[]}}"""))["environment"]!["name"]);

        var mock = await CallAsync("createMock", $$$"""{"workspace":"{{{workspace}}}","mock":{"collection":"{{{collectionId}}}","environment":"{{{environmentId}}}","name":"My mock","private":true}}""");
        var mockId = (string)mock["mock"]!["id"]!;
        // What the client sends beside the name would open the mock, were it taken at its word.
        Assert.Equal("Renamed", (string?)(await CallAsync("updateMock", $$$"""{"mockId":"{{{mockId}}}","mock":{"name":"Renamed","collection":"{{{collectionId}}}"}}"""))["mock"]!["name"]);
        Assert.False((bool)(await CallAsync("getMock", $$"""{"mockId":"{{mockId}}"}"""))["mock"]!["isPublic"]!);
        await CallAsync("publishMock", $$"""{"mockId":"{{mockId}}"}""");
        Assert.True((bool)(await CallAsync("getMocks", $$"""{"workspace":"{{workspace}}"}"""))["mocks"]![0]!["isPublic"]!);
        Assert.Contains("mockAlreadyPublishedError", await server.FailAsync("publishMock", $$"""{"mockId":"{{mockId}}"}"""), StringComparison.Ordinal);
        await CallAsync("unpublishMock", $$"""{"mockId":"{{mockId}}"}""");

        var response = await CallAsync("createMockServerResponse", $$$"""{"mockId":"{{{mockId}}}","serverResponse":{"name":"Down","statusCode":503,"language":"json","body":"{}"}}""");
        var responseId = (string)response["id"]!;
        await CallAsync("updateMock", $$$$"""{"mockId":"{{{{mockId}}}}","mock":{"collection":"{{{{collectionId}}}}","config":{"serverResponseId":"{{{{responseId}}}}"}}}""");
        Assert.Equal("Down", (string?)_api.Cluster.Objects.Find("mockservers", "demo", "my-mock")!["spec"]!["activeServerResponse"]);
        Assert.Single((await CallAsync("getMockServerResponses", $$"""{"mockId":"{{mockId}}"}""")).AsArray());
        Assert.Equal(504, (int?)(await CallAsync("updateMockServerResponse", $$$"""{"mockId":"{{{mockId}}}","serverResponseId":"{{{responseId}}}","serverResponse":{"statusCode":504}}"""))["statusCode"]);
        Assert.Equal(504, (int?)(await CallAsync("getMockServerResponse", $$"""{"mockId":"{{mockId}}","serverResponseId":"{{responseId}}"}"""))["statusCode"]);
        await CallAsync("deleteMockServerResponse", $$"""{"mockId":"{{mockId}}","serverResponseId":"{{responseId}}"}""");

        var inside = (await CallAsync("getWorkspace", $$"""{"workspaceId":"{{workspace}}"}"""))["workspace"]!;
        Assert.Equal((1, 1, 1), (inside["mocks"]!.AsArray().Count, inside["collections"]!.AsArray().Count, inside["environments"]!.AsArray().Count));
        await CallAsync("deleteMock", $$"""{"mockId":"{{mockId}}"}""");
        await CallAsync("deleteEnvironment", $$"""{"environmentId":"{{environmentId}}"}""");
        await CallAsync("deleteCollection", $$"""{"collectionId":"{{collectionId}}"}""");
        Assert.Empty(_api.Cluster.Objects.List("mockservers"));
        Assert.Empty(Tools.Except(called));

        async Task<JsonNode> CallAsync(string tool, string arguments) => JsonNode.Parse(await ReadAsync(tool, arguments))!;

        Task<string> ReadAsync(string tool, string arguments)
        {
            called.Add(tool);
            // Reading workspaces and collections has a limit of ten in ten seconds, by this clock.
            _api.Clock.Advance(TimeSpan.FromSeconds(10));
            return server.ReadAsync(tool, arguments);
        }
    }
}
