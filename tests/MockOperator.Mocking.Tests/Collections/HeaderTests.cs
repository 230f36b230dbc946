using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("[{'key':'A','value':'1'},{'key':'B','value':'2'}]")]
    [InlineData("['A: 1','B:2']")]
    [InlineData("'A: 1\\r\\nB: 2\\r\\n'")]
    [InlineData("'A: 1\\n// C: 3\\n\\nB:\\n 2'")]
    [InlineData("[{'name':'A','value':1},{'key':'C','value':'3','disabled':true},{'key':'','value':''},null,{'key':'B','value':' 2\\t'}]")]
    [InlineData("[{'key':'A','value':'1','enabled':true},{'key':'C','value':'3','enabled':false},{'key':'B','value':'2'}]")]
    public void Headers_come_as_rows_lines_or_one_text(string header)
    {
        LoadedCollection collection = Reading.OneExample($"'code':200,'originalRequest':{{'url':'h','header':{header}}},'header':{header}");

        Assert.Empty(collection.Issues);
        Example example = Assert.Single(collection.Examples);
        Assert.Equal([new("A", "1"), new("B", "2")], example.Request.Headers);
        Assert.Equal([new("A", "1"), new("B", "2")], example.Response.Headers);
    }

    [Fact]
    public void Repeated_headers_are_kept_in_order()
    {
        ExampleResponse response = Reading.Response("'code':200,'header':['Set-Cookie: a=1','X: y','Set-Cookie: b=2']");

        Assert.Equal([new("Set-Cookie", "a=1"), new("X", "y"), new("Set-Cookie", "b=2")], response.Headers);
    }

    [Fact]
    public void Headers_of_the_recorded_connection_and_bytes_are_left_out_without_a_word()
    {
        LoadedCollection collection = Reading.OneExample(
            """
            'code':200,'originalRequest':'h/a','header':['content-length: 9','Transfer-Encoding: chunked','Content-Encoding: br','CONNECTION: close','Keep-Alive: timeout=5',
            'Date: now','Proxy-Connection: x','TE: trailers','Trailer: x','Upgrade: h2c','Server: nginx']
            """);

        Assert.Empty(collection.Issues);
        Assert.Equal([new("Server", "nginx")], Assert.Single(collection.Examples).Response.Headers);
    }

    [Fact]
    public void Headers_of_a_request_are_all_kept()
    {
        Assert.Equal([new("Connection", "close")], Reading.Request("{'url':'h/a','header':['Connection: close']}").Headers);
    }

    [Theory]
    [InlineData("{'key':'X','value':'a\\r\\nY: b'}")]
    [InlineData("{'key':'X','value':'a\\nb'}")]
    [InlineData("{'key':'X','value':'a\\u0000b'}")]
    [InlineData("{'key':'X','value':'a\\u007f'}")]
    [InlineData("{'key':'X Y','value':'a'}")]
    [InlineData("{'key':'X\\r\\nY','value':'a'}")]
    [InlineData("{'key':'{{name}}','value':'a'}")]
    [InlineData("{'key':'É','value':'a'}")]
    [InlineData("{'key':'','value':'a'}")]
    public void A_header_that_http_cannot_carry_is_skipped_and_the_example_is_served(string header)
    {
        LoadedCollection collection = Reading.OneExample($"'code':200,'originalRequest':'h/a','header':[{header},{{'key':'Good','value':'1'}}]");

        Assert.Equal([new("Good", "1")], Assert.Single(collection.Examples).Response.Headers);
        Assert.Equal(LoadIssueSeverity.Skipped, Reading.TheIssue(collection, LoadIssueReason.InvalidHeader, "item[0].response[0].header[0]").Severity);
    }

    [Fact]
    public void No_issue_quotes_the_value_of_a_header()
    {
        LoadedCollection collection = Reading.OneExample("'code':200,'originalRequest':{'url':'h/a','header':[{'key':'Authorization','value':'Bearer s3cret\\n'}]}");

        Assert.DoesNotContain("s3cret", Assert.Single(collection.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_outside_ascii_is_kept()
    {
        Assert.Equal([new("X", "café {{v}}")], Reading.Response("'code':200,'header':['X: café {{v}}']").Headers);
    }

    [Fact]
    public void The_delay_header_of_a_saved_response_is_its_delay_and_is_not_sent()
    {
        ExampleResponse response = Reading.Response("'code':200,'header':['X-Mock-Response-Delay: 1500','A: 1']");

        Assert.Equal(1500, response.DelayMilliseconds);
        Assert.Equal([new("A", "1")], response.Headers);
    }

    [Theory]
    [InlineData("180001")]
    [InlineData("-1")]
    [InlineData("soon")]
    public void A_delay_out_of_range_is_left_out_with_a_warning(string delay)
    {
        LoadedCollection collection = Reading.OneExample($"'code':200,'originalRequest':'h/a','header':['x-mock-response-delay: {delay}']");

        Assert.Null(Assert.Single(collection.Examples).Response.DelayMilliseconds);
        Reading.TheIssue(collection, LoadIssueReason.InvalidDelay, "item[0].response[0].header");
    }

    [Theory]
    [InlineData("{'A':'1'}", "item[0].response[0].header")]
    [InlineData("7", "item[0].response[0].header")]
    [InlineData("[[]]", "item[0].response[0].header[0]")]
    [InlineData("[{'key':'A','value':{}}]", "item[0].response[0].header[0].value")]
    public void Headers_of_the_wrong_type_are_named(string header, string path)
    {
        LoadedCollection collection = Reading.OneExample($"'code':200,'originalRequest':'h/a','header':{header}");

        Assert.Single(collection.Examples);
        Reading.TheIssue(collection, LoadIssueReason.WrongType, path);
    }
}
