using System.Net;
using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Serving;
using MockOperator.PostmanApi.Tests.Playing;

namespace MockOperator.PostmanApi.Tests.Serving;

public sealed class DescriptionTests
{
    [Fact]
    public void The_description_has_every_operation_and_no_other()
    {
        var described = ApiDescription.Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));

        Assert.Equal(OperationTable.Create().Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_description_names_only_what_it_has()
    {
        foreach (var reference in References(ApiDescription.Document))
            Assert.NotNull(Schemas.Resolve(ApiDescription.Document, reference));
        Assert.Equal("3.1.0", (string?)ApiDescription.Document["openapi"]);
    }

    [Fact]
    public async Task The_description_is_served_without_a_key()
    {
        await using var api = await PlayedApi.StartAsync();
        using var response = await api.Client.GetAsync("/openapi.json", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(JsonNode.DeepEquals(ApiDescription.Document, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
