using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class UrlTests
{
    [Theory]
    [InlineData("{{url}}/users/{{id}}", "{{url}}", "users|{{id}}")]
    [InlineData("users/1", "users", "1")]
    [InlineData("/users/1", "", "users|1")]
    [InlineData("https://x", "https://x", null)]
    [InlineData("https://x/", "https://x", "")]
    [InlineData("https://x/a/", "https://x", "a|")]
    [InlineData("https://x//a", "https://x", "|a")]
    [InlineData("https://ann:secret@x:81/a#top", "https://x:81", "a")]
    [InlineData("{{h}}/a/{{b/c?d#e}}/f", "{{h}}", "a|{{b/c?d#e}}|f")]
    [InlineData("{{h}}/go/https://y/z", "{{h}}", "go|https:||y|z")]
    [InlineData("  {{h}}\\a\\b", "{{h}}", "a|b")]
    [InlineData("{{h}}/:id.json/%2Fx", "{{h}}", ":id.json|%2Fx")]
    public void A_url_text_is_split_into_host_and_segments(string text, string host, string? segments)
    {
        ExampleUrl url = Reading.Request($"{{'url':'{text.Replace("\\", "\\\\", StringComparison.Ordinal)}'}}").Url;

        Assert.Equal(host, url.Host);
        Assert.Equal(segments?.Split('|') ?? [], url.Path);
    }

    [Fact]
    public void A_flag_is_told_apart_from_an_empty_value_and_empty_pieces_are_left_out()
    {
        ExampleUrl url = Reading.Request("'h/a?flag&empty=&&x=1=2&q={{a&b}}#f?g'").Url;

        Assert.Equal([new("flag", null), new("empty", ""), new("x", "1=2"), new("q", "{{a&b}}")], url.Query);
    }

    [Fact]
    public void Parts_of_a_url_object_are_trusted_over_its_raw()
    {
        ExampleUrl url = Reading.Request(
            "{'url':{'raw':'http://old/x?y=1','protocol':'https','host':['api','example','com'],'port':8443,'path':['a','b'],'query':[{'key':'k','value':'v'}]}}").Url;

        Assert.Equal("https://api.example.com:8443", url.Host);
        Assert.Equal(["a", "b"], url.Path);
        Assert.Equal([new("k", "v")], url.Query);
    }

    [Fact]
    public void Parts_that_a_url_object_does_not_have_come_from_its_raw()
    {
        ExampleUrl url = Reading.Request("{'url':{'raw':'{{h}}/x/y?z=1','query':null}}").Url;

        Assert.Equal("{{h}}", url.Host);
        Assert.Equal(["x", "y"], url.Path);
        Assert.Equal([new("z", "1")], url.Query);
    }

    [Theory]
    [InlineData("'/'", "")]
    [InlineData("''", null)]
    [InlineData("'/a/b'", "a|b")]
    [InlineData("'a/b/'", "a|b|")]
    [InlineData("['a/b','c']", "a|b|c")]
    [InlineData("[{'type':'string','value':'a'},7,null]", "a|7|")]
    [InlineData("[]", null)]
    public void A_path_is_a_text_or_an_array_of_pieces(string path, string? segments)
    {
        ExampleUrl url = Reading.Request($"{{'url':{{'host':['h'],'path':{path}}}}}").Url;

        Assert.Equal(segments?.Split('|') ?? [], url.Path);
    }

    [Fact]
    public void Disabled_and_empty_query_parameters_are_left_out()
    {
        ExampleUrl url = Reading.Request(
            "{'url':{'host':'h','query':[{'key':'a','value':'1','disabled':true},{'key':null,'value':null},{'key':'','value':''},{'key':'b','value':null},{'key':'c','value':3,'disabled':false}]}}").Url;

        Assert.Equal([new("b", null), new("c", "3")], url.Query);
    }

    [Fact]
    public void Only_path_variables_with_a_value_are_kept()
    {
        ExampleUrl url = Reading.Request(
            "{'url':{'host':'h','path':[':a',':b',':c',':d'],'variable':[{'key':'a','value':'1'},{'id':'b','value':'2'},{'key':'c','value':''},{'key':'d','value':'x','disabled':true}]}}").Url;

        Assert.Equal(["a=1", "b=2"], url.PathVariables.Select(static pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_empty_url_answers_the_root_and_says_so()
    {
        LoadedCollection collection = Reading.OneExample("'code':200,'originalRequest':{'url':{'raw':''}}");

        Assert.Empty(Assert.Single(collection.Examples).Request.Url.Path);
        Assert.Equal(LoadIssueSeverity.Warning, Reading.TheIssue(collection, LoadIssueReason.EmptyUrl, "item[0].response[0].originalRequest.url").Severity);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    public void A_request_without_a_url_is_skipped(string url)
    {
        LoadedCollection collection = Reading.OneExample($"'code':200,'originalRequest':{{'url':{url}}}");

        Assert.Empty(collection.Examples);
        Assert.Equal(LoadIssueReason.MissingUrl, collection.Issues[0].Reason);
        Assert.Equal("item[0].response[0].originalRequest.url", collection.Issues[0].Path);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("true")]
    public void A_url_of_the_wrong_type_is_skipped(string url)
    {
        LoadedCollection collection = Reading.OneExample($"'code':200,'originalRequest':{{'url':{url}}}");

        Assert.Empty(collection.Examples);
        Assert.Equal(LoadIssueReason.WrongType, collection.Issues[0].Reason);
    }

    [Theory]
    [InlineData("{'url':'h/%'}")]
    [InlineData("{'url':{'raw':'h/%','host':'h','path':['%']}}")]
    [InlineData("{'url':{'host':'h','query':[{'key':'%'}]}}")]
    [InlineData("{'url':{'host':'h','query':'%=1'}}")]
    public void A_url_of_megabytes_is_skipped_with_its_place(string request)
    {
        LoadedCollection collection = Reading.Items(
            $"{{'response':[{{'code':200,'originalRequest':{request.Replace("%", new string('a', 2_000_000), StringComparison.Ordinal)}}},{{'code':200,'originalRequest':'h/ok'}}]}}");

        Assert.Equal("item[0].response[1]", Assert.Single(collection.Examples).Path);
        Assert.StartsWith("item[0].response[0].originalRequest.url", Reading.TheIssue(collection, LoadIssueReason.TooLarge, collection.Issues[0].Path).Path, StringComparison.Ordinal);
    }
}
