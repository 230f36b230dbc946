using CsCheck;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class IdTests
{
    [Theory]
    [InlineData("'id':'abc'", "abc", null)]
    [InlineData("'_postman_id':'abc'", "abc", null)]
    [InlineData("'id':'abc','_postman_id':'old'", "abc", null)]
    [InlineData("'id':'abc','uid':'12-abc'", "abc", "12-abc")]
    [InlineData("'uid':'12-abc'", "abc", "12-abc")]
    [InlineData("'uid':'abc-12'", "abc-12", "abc-12")]
    [InlineData("'id':7", "7", null)]
    [InlineData("'id':''", "path-a0-a0", null)]
    [InlineData("'id':null", "path-a0-a0", null)]
    public void An_id_is_taken_from_the_document_or_derived(string properties, string id, string? uid)
    {
        Example example = Assert.Single(Reading.OneExample($"'code':200,'originalRequest':'h',{properties}").Examples);

        Assert.Equal(id, example.Id);
        Assert.Equal(uid, example.Uid);
    }

    [Fact]
    public void A_repeated_id_gets_a_number_that_sorts_after_the_original()
    {
        LoadedCollection collection = Reading.Items(
            $"{{'response':[{string.Join(',', Enumerable.Range(0, 12).Select(static _ => "{'id':'same','code':200,'originalRequest':'h'}"))}]}}");

        string[] ids = [.. collection.Examples.Select(static example => example.Id)];
        Assert.Equal("same", ids[0]);
        Assert.Equal(12, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(11, collection.IssueCount);
        Assert.All(collection.Issues, static issue => Assert.Equal(LoadIssueReason.DuplicateId, issue.Reason));
    }

    [Fact]
    public void Derived_ids_order_as_their_positions_do()
    {
        Gen<int> index = Gen.OneOf(Gen.Int[0, 12], Gen.Int[0, 2000], Gen.Int[0, int.MaxValue]);
        Gen.Select(index.Array[3], index.Array[3]).Sample(static (left, right) =>
        {
            int positions = left.AsSpan().SequenceCompareTo(right);
            int ids = string.CompareOrdinal(ExampleIds.Derive(left), ExampleIds.Derive(right));
            Assert.Equal(Math.Sign(positions), Math.Sign(ids));
        });
    }
}
