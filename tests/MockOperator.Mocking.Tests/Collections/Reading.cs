using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

/// <summary>Shorthand for documents under test.</summary>
internal static class Reading
{
    /// <summary>Reads a document in which <c>'</c> stands for the quote.</summary>
    public static LoadedCollection Document(string json, LoadLimits? limits = null) =>
        CollectionReader.ReadPostman(Encoding.UTF8.GetBytes(json.Replace('\'', '"')), limits);

    /// <summary>Reads a v2.1 collection with these items.</summary>
    public static LoadedCollection Items(string items, string more = "") => Document($"{{'info':{{'name':'c'}},'item':[{items}]{more}}}");

    /// <summary>Reads a collection of one item with one example, whose further properties are given.</summary>
    public static LoadedCollection OneExample(string properties) =>
        Items($"{{'name':'i','request':{{'url':'h/parent'}},'response':[{{{properties}}}]}}");

    /// <summary>The only example of a collection whose example has this request and a plain answer.</summary>
    public static ExampleRequest Request(string request) => Assert.Single(OneExample($"'code':200,'originalRequest':{request}").Examples).Request;

    /// <summary>The only response of a collection whose example has these further properties.</summary>
    public static ExampleResponse Response(string properties) =>
        Assert.Single(OneExample($"'originalRequest':{{'url':'h/a'}},{properties}").Examples).Response;

    /// <summary>Asserts that there is exactly one issue, and returns it.</summary>
    public static LoadIssue TheIssue(LoadedCollection collection, string reason, string path)
    {
        LoadIssue issue = Assert.Single(collection.Issues);
        Assert.Equal(reason, issue.Reason);
        Assert.Equal(path, issue.Path);
        Assert.NotEmpty(issue.Message);
        return issue;
    }
}
