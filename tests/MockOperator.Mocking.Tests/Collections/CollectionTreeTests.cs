using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class CollectionTreeTests
{
    [Fact]
    public void Examples_of_every_folder_come_as_one_list_in_document_order()
    {
        LoadedCollection collection = Reading.Items(
            """
            {'name':'f','item':[
              {'name':'g','item':[{'name':'a','request':{'url':'h/a'},'response':[{'name':'one','code':200,'originalRequest':{'url':'h/a'}}]}]},
              {'name':'b','request':{'url':'h/b'},'response':[{'name':'two','code':200,'originalRequest':{'url':'h/b'}},{'name':'three','code':404,'originalRequest':{'url':'h/b'}}]}]},
            {'name':'c','request':{'url':'h/c'},'response':[{'name':'four','code':200,'originalRequest':{'url':'h/c'}}]}
            """);

        Assert.Empty(collection.Issues);
        Assert.Equal(["one", "two", "three", "four"], collection.Examples.Select(static example => example.Name));
        Assert.Equal(
            ["item[0].item[0].item[0].response[0]", "item[0].item[1].response[0]", "item[0].item[1].response[1]", "item[1].response[0]"],
            collection.Examples.Select(static example => example.Path));
    }

    [Fact]
    public void Derived_ids_sort_in_document_order()
    {
        string items = string.Join(',', Enumerable.Range(0, 12).Select(static i =>
            $"{{'item':[{string.Join(',', Enumerable.Range(0, 11).Select(j => $"{{'request':'h/{i}/{j}','response':[{{'code':200,'originalRequest':'h/{i}/{j}'}}]}}"))}]}}"));

        LoadedCollection collection = Reading.Items(items);

        Assert.Equal(132, collection.Examples.Length);
        string[] ids = [.. collection.Examples.Select(static example => example.Id)];
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void An_example_without_a_request_of_its_own_uses_the_parents_and_says_so()
    {
        LoadedCollection collection = Reading.OneExample("'code':200");

        Assert.Equal(["parent"], Assert.Single(collection.Examples).Request.Url.Path);
        LoadIssue issue = Reading.TheIssue(collection, LoadIssueReason.ParentRequestUsed, "item[0].response[0].originalRequest");
        Assert.Equal(LoadIssueSeverity.Warning, issue.Severity);
    }

    [Fact]
    public void An_example_without_a_url_is_skipped_and_the_rest_is_served()
    {
        LoadedCollection collection = Reading.Items(
            """
            {'request':{'url':'h/a'},'response':[
              {'code':200,'originalRequest':{'method':'GET'}},
              {'code':200,'originalRequest':{'url':'h/a'}}]}
            """);

        Assert.Equal("item[0].response[1]", Assert.Single(collection.Examples).Path);
        LoadIssue issue = Reading.TheIssue(collection, LoadIssueReason.MissingUrl, "item[0].response[0].originalRequest.url");
        Assert.Equal(LoadIssueSeverity.Skipped, issue.Severity);
    }
}
