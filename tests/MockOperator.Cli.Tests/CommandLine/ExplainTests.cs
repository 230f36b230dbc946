using System.Text.Json.Nodes;
using MockOperator.Cli.Tests.Cluster;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class ExplainTests
{
    [Fact]
    public async Task The_winner_is_told_and_why_each_other_lost()
    {
        await using var mock = await PlayedMock.StartAsync();
        var ran = await mock.Cli.RunAsync("explain", "petstore", "GET", "/pets/7?x=1");
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.StartsWith("GET /pets/7?x=1 is answered by one pet, 200.\n\n", ran.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n✓ +\d+ +one pet +GET /pets/\{\{id\}\} +200\n +\S", ran.Output);
        Assert.Matches(@"\n✗ +– +all pets +GET /pets +200\n", ran.Output);
    }

    [Theory]
    [InlineData("GET /dogs is answered by 404: no example matches.", "explain", "petstore", "/dogs")]
    [InlineData("POST /pets is answered by new pet, 201.", "explain", "petstore", "/pets", "-d", "{}")]
    [InlineData("GET /pets%20x is answered by 404: no example matches.", "explain", "petstore", "get", "pets x")]
    [InlineData("GET /pets is answered by 404: no example matches.", "explain", "petstore", "GET", "/pets", "-H", "x-mock-response-code: 500")]
    public async Task Calls_are_typed_as_for_curl(string begins, params string[] arguments)
    {
        await using var mock = await PlayedMock.StartAsync();
        Assert.StartsWith(begins, (await mock.Cli.RunAsync(arguments)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_the_table_as_a_document()
    {
        await using var mock = await PlayedMock.StartAsync();
        var json = JsonNode.Parse((await mock.Cli.RunAsync("explain", "petstore", "/pets", "-o", "json")).Output)!;
        Assert.Equal(("Matched", 3), ((string?)json["outcome"], (int?)json["exampleCount"]));
    }

    [Fact]
    public async Task A_mock_that_explains_nothing_is_not_asked()
    {
        await using var mock = await PlayedMock.StartAsync(seen: """{"matching":{"explain":"Errors"}}""");
        var ran = await mock.Cli.RunAsync("explain", "petstore", "/pets");
        Assert.Equal(1, ran.Code);
        Assert.StartsWith("Error: The mock petstore explains nothing (spec.matching.explain: Errors).", ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(mock.Cli.Cluster.Requests, request => request.Subresource == "portforward");
    }

    [Theory]
    [InlineData("is no header", "explain", "petstore", "/x", "-H", "nothing")]
    [InlineData("is no method", "explain", "petstore", "G T", "/x")]
    [InlineData("There is no file /nowhere/body.", "explain", "petstore", "POST", "/x", "-d", "@/nowhere/body")]
    public async Task What_cannot_be_sent_is_said(string said, params string[] arguments)
    {
        await using var mock = await PlayedMock.StartAsync();
        var ran = await mock.Cli.RunAsync(arguments);
        Assert.Equal(1, ran.Code);
        Assert.Contains(said, ran.Errors, StringComparison.Ordinal);
    }
}
