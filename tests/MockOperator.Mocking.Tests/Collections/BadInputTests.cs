using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class BadInputTests
{
    private const string Good = "{'response':[{'code':200,'originalRequest':'h/a'}]}";

    [Theory]
    [InlineData("", LoadIssueReason.Empty, "$")]
    [InlineData(" \r\n\t", LoadIssueReason.Empty, "$")]
    [InlineData("not json", LoadIssueReason.NotJson, "$")]
    [InlineData("{'item':[", LoadIssueReason.NotJson, "$")]
    [InlineData("{'item':[]} {}", LoadIssueReason.NotJson, "$")]
    [InlineData("{'item':[NaN]}", LoadIssueReason.NotJson, "$")]
    [InlineData("{'item':[-Infinity]}", LoadIssueReason.NotJson, "$")]
    [InlineData("null", LoadIssueReason.NotACollection, "$")]
    [InlineData("[]", LoadIssueReason.NotACollection, "$")]
    [InlineData("7", LoadIssueReason.NotACollection, "$")]
    [InlineData("'text'", LoadIssueReason.NotACollection, "$")]
    [InlineData("{}", LoadIssueReason.NotACollection, "item")]
    [InlineData("{'item':{}}", LoadIssueReason.NotACollection, "item")]
    [InlineData("{'item':7}", LoadIssueReason.NotACollection, "item")]
    [InlineData("{'collection':{}}", LoadIssueReason.NotACollection, "collection.item")]
    [InlineData("{'openapi':'3.1.0','paths':{}}", LoadIssueReason.NotACollection, "$")]
    [InlineData("{'name':'Staging','values':[]}", LoadIssueReason.NotACollection, "$")]
    public void A_document_that_is_no_collection_is_refused_with_a_reason(string json, string reason, string path)
    {
        LoadedCollection collection = Reading.Document(json);

        Assert.True(collection.IsFatal);
        Assert.Empty(collection.Examples);
        Assert.Equal(LoadIssueSeverity.Fatal, Reading.TheIssue(collection, reason, path).Severity);
    }

    [Fact]
    public void Broken_json_is_named_by_line_and_byte()
    {
        LoadedCollection collection = Reading.Document("{\n 'item': [\n  }");

        Assert.Contains("line 3, byte 3", Assert.Single(collection.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_utf8_byte_order_mark_is_allowed()
    {
        byte[] json = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{{'item':[{Good}]}}".Replace('\'', '"'))];

        Assert.Single(CollectionReader.ReadPostman(json).Examples);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_wide_encoding_is_refused_with_the_cure(string encoding)
    {
        var wide = Encoding.GetEncoding(encoding);
        byte[] text = wide.GetBytes("{\"item\":[]}");

        Assert.All([text, [.. wide.GetPreamble(), .. text]], static document =>
        {
            LoadedCollection collection = CollectionReader.ReadPostman(document);
            Assert.True(collection.IsFatal);
            Assert.Contains("UTF-8", Reading.TheIssue(collection, LoadIssueReason.NotUtf8, "$").Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_collection_without_examples_is_read_and_says_so()
    {
        LoadedCollection collection = Reading.Items("{'request':'h/a'}");

        Assert.False(collection.IsFatal);
        Assert.Equal(["a"], Assert.Single(collection.RequestsWithoutExample).Request.Url.Path);
        Assert.Equal(LoadIssueSeverity.Warning, Reading.TheIssue(collection, LoadIssueReason.NoExamples, "item").Severity);
    }

    [Fact]
    public void A_request_whose_examples_are_all_skipped_counts_as_one_without_example()
    {
        LoadedCollection collection = Reading.Items("{'request':{'method':'put','url':'h/a'},'response':[{'originalRequest':'h/a','code':100}]}");

        Assert.Equal("PUT", Assert.Single(collection.RequestsWithoutExample).Request.Method);
    }

    [Fact]
    public void An_unknown_schema_is_read_by_its_shape_and_named()
    {
        LoadedCollection collection = Reading.Document($"{{'info':{{'schema':'https://example.com/v7'}},'item':[{Good}]}}");

        Assert.Single(collection.Examples);
        Reading.TheIssue(collection, LoadIssueReason.UnknownSchema, "info.schema");
    }

    [Fact]
    public void The_last_of_repeated_properties_counts()
    {
        Assert.Equal("b", Assert.Single(Reading.OneExample("'code':200,'originalRequest':'h','name':'a','name':'b'").Examples).Name);
    }

    [Fact]
    public void Escaped_property_names_are_understood()
    {
        Assert.Equal(404, Reading.Response("'c\\u006fde':404").Status);
    }

    [Theory]
    [InlineData("7", "item[0]")]
    [InlineData("[]", "item[0]")]
    [InlineData("{'item':{}}", "item[0].item")]
    [InlineData("{'response':{}}", "item[0].response")]
    [InlineData("{'response':[7]}", "item[0].response[0]")]
    [InlineData("{'variable':{}}", "item[0].variable")]
    [InlineData("{'variable':[7]}", "item[0].variable[0]")]
    [InlineData("{'response':[{'code':200,'originalRequest':7}]}", "item[0].response[0].originalRequest")]
    [InlineData("{'response':[{'code':200,'originalRequest':{'method':[],'url':'h'}}]}", "item[0].response[0].originalRequest.method")]
    [InlineData("{'response':[{'code':200,'name':{},'originalRequest':'h'}]}", "item[0].response[0].name")]
    public void A_wrong_type_is_named_and_the_rest_is_served(string item, string path)
    {
        LoadedCollection collection = Reading.Items($"{item},{Good}");

        Assert.Contains(collection.Examples, static example => example.Path == "item[1].response[0]");
        Reading.TheIssue(collection, LoadIssueReason.WrongType, path);
    }

    [Fact]
    public void Folders_beyond_the_limit_are_skipped_and_the_rest_is_served()
    {
        const int Depth = 3000;
        string deep = string.Concat(Enumerable.Repeat("{'item':[", Depth)) + Good + string.Concat(Enumerable.Repeat("]}", Depth));
        LoadedCollection collection = Reading.Items($"{deep},{Good}");

        Assert.Equal("item[1].response[0]", Assert.Single(collection.Examples).Path);
        LoadIssue issue = Reading.TheIssue(collection, LoadIssueReason.TooDeep, collection.Issues[0].Path);
        Assert.StartsWith("item[0].item[0].item[0]", issue.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{'a':", "}")]
    public void Nesting_without_end_is_refused(string open, string close)
    {
        const int Depth = 500_000;
        string json = string.Concat(Enumerable.Repeat(open, Depth)) + "7" + string.Concat(Enumerable.Repeat(close, Depth));

        Reading.TheIssue(Reading.Document(json), LoadIssueReason.TooDeep, "$");
    }
}
