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

    private static CollectionVersion Version(string tag) => new() { Tag = tag, Examples = [] };
}
