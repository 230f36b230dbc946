using System.Text.Json;

namespace MockOperator.Resources.Tests.Collections;

public sealed class CollectionRulesTests
{
    [Fact]
    public void A_collection_with_a_source_and_versions_is_right() => Assert.Empty(CollectionRules.Check(new CollectionSpec
    {
        Examples = [],
        Versions = [new CollectionVersion { Tag = "v1", Examples = [] }, new CollectionVersion { Tag = "v2", ConfigMapKeyRef = new() { Name = "a", Key = "b" } }],
    }));

    [Fact]
    public void CURRENT_an_empty_and_a_repeated_tag_are_refused()
    {
        var spec = new CollectionSpec
        {
            Examples = [],
            Versions = [Version("CURRENT"), Version(""), Version("v1"), Version("v1")],
        };

        Assert.Equal(["versions[0].tag", "versions[1].tag", "versions[3].tag"], CollectionRules.Check(spec).Select(static problem => problem.Path));
    }

    [Fact]
    public void A_version_without_a_source_is_refused() =>
        Assert.Equal("versions[0]", Assert.Single(CollectionRules.Check(new CollectionSpec { Examples = [], Versions = [new CollectionVersion { Tag = "v1" }] })).Path);

    [Fact]
    public void Every_example_has_a_name_of_its_own_one_body_and_a_delay_that_is_one()
    {
        JsonElement json = JsonDocument.Parse("null").RootElement;
        var spec = new CollectionSpec
        {
            Examples =
            [
                new ExampleSpec { Name = "a", Request = new() { Path = "/", Json = json }, Response = new() { Body = "text", Delay = "3m" } },
                new ExampleSpec { Name = "a" },
                new ExampleSpec(),
                new ExampleSpec { Name = "b", Request = new() { Path = "/", Body = "", Json = json } },
                new ExampleSpec { Name = "c", Response = new() { Body = "", Base64 = "" } },
                new ExampleSpec { Name = "d", Response = new() { Json = json, Base64 = "" } },
                new ExampleSpec { Name = "e", Response = new() { Delay = "4m" } },
            ],
        };

        Assert.Equal(
            ["examples[1].name", "examples[2].name", "examples[3].request", "examples[4].response", "examples[5].response", "examples[6].response.delay"],
            CollectionRules.Check(spec).Select(static problem => problem.Path));
    }

    [Fact]
    public void Nulls_where_json_allows_them_are_told()
    {
        CollectionSpec spec = JsonSerializer.Deserialize("""{"examples":[null,{"name":null,"request":null,"response":null}],"versions":[null,{"tag":null,"configMapKeyRef":{"name":null,"key":null}}]}""", ResourceJson.Default.CollectionSpec)!;
        MockServerSpec mock = JsonSerializer.Deserialize("""{"collection":{"examples":[null]},"environment":{"from":[null]},"serverResponses":[null],"publishUrl":{"configMap":null}}""", ResourceJson.Default.MockServerSpec)!;

        Assert.Equal(
            ["examples[1].name", "versions[0].tag", "versions[0]", "versions[1].tag", "versions[1].configMapKeyRef"],
            CollectionRules.Check(spec).Select(static problem => problem.Path));
        Assert.Equal(
            ["environment.from[0]", "serverResponses[0].name", "serverResponses[0].status", "publishUrl.configMap"],
            MockServerRules.Check("a", mock).Select(static problem => problem.Path));
    }

    [Fact]
    public void Of_many_examples_that_break_a_rule_few_are_named()
    {
        IReadOnlyList<SpecProblem> problems = CollectionRules.Check(new CollectionSpec { Examples = [.. Enumerable.Repeat(new ExampleSpec(), 2000)] });

        Assert.Equal(11, problems.Count);
        Assert.Contains("1990 more", problems[^1].Message, StringComparison.Ordinal);
    }

    private static CollectionVersion Version(string tag) => new() { Tag = tag, Examples = [] };
}
