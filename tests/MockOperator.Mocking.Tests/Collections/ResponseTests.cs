using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class ResponseTests
{
    [Theory]
    [InlineData("200", 200)]
    [InlineData("'404'", 404)]
    [InlineData("' 201 '", 201)]
    [InlineData("204.0", 204)]
    [InlineData("599", 599)]
    public void A_status_is_a_number_or_a_text_that_is_one(string code, int status)
    {
        Assert.Equal(status, Reading.Response($"'code':{code}").Status);
    }

    [Theory]
    [InlineData("100")]
    [InlineData("101")]
    [InlineData("199")]
    [InlineData("600")]
    [InlineData("0")]
    [InlineData("-200")]
    [InlineData("200.5")]
    [InlineData("1e999")]
    [InlineData("'OK'")]
    [InlineData("'NaN'")]
    [InlineData("''")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[200]")]
    [InlineData("{'code':200}")]
    public void An_example_without_a_usable_status_is_skipped(string code)
    {
        LoadedCollection collection = Reading.OneExample($"'originalRequest':'h/a','code':{code}");

        Assert.Empty(collection.Examples);
        Assert.Equal(LoadIssueReason.InvalidStatus, collection.Issues[0].Reason);
        Assert.Equal(LoadIssueSeverity.Skipped, collection.Issues[0].Severity);
        Assert.Equal("item[0].response[0].code", collection.Issues[0].Path);
    }

    [Theory]
    [InlineData("200", "'OK'", null)]
    [InlineData("200", "'Fine'", "Fine")]
    [InlineData("404", "'Not Found'", null)]
    [InlineData("200", "'a\\r\\nX: y'", null)]
    [InlineData("200", "''", null)]
    [InlineData("200", "null", null)]
    public void A_reason_phrase_is_kept_when_it_is_unusual_and_can_be_sent(string code, string status, string? phrase)
    {
        Assert.Equal(phrase, Reading.Response($"'code':{code},'status':{status}").ReasonPhrase);
    }

    [Theory]
    [InlineData("'a {{b}}'", "a {{b}}")]
    [InlineData("''", null)]
    [InlineData("null", null)]
    [InlineData("{'a':1}", "{\"a\":1}")]
    [InlineData("7", "7")]
    public void A_body_is_a_text_and_other_json_is_taken_as_written(string body, string? text)
    {
        Assert.Equal(text, Reading.Response($"'code':200,'body':{body}").SavedText());
    }

    [Theory]
    [InlineData("{'type':'Buffer','data':[0, 127,255]}")]
    [InlineData("{'type':'Base64','data':'AH//'}")]
    [InlineData("{'type':'Base64','data':'AH\\/\\/'}")]
    [InlineData("{'data':[0,127,255]}")]
    public void A_stream_is_served_as_bytes_instead_of_the_text(string stream)
    {
        ExampleResponse response = Reading.Response($"'code':200,'body':'text','stream':{stream}");

        Assert.Equal([0, 127, 255], response.Binary!.Value.ToArray());
        Assert.Null(response.Text);
    }

    [Theory]
    [InlineData("{'type':'Buffer','data':[256]}", "item[0].response[0].stream.data")]
    [InlineData("{'type':'Buffer','data':[-1]}", "item[0].response[0].stream.data")]
    [InlineData("{'type':'Buffer','data':['1']}", "item[0].response[0].stream.data")]
    [InlineData("{'type':'Base64','data':'A'}", "item[0].response[0].stream.data")]
    [InlineData("{'type':'Base64'}", "item[0].response[0].stream")]
    [InlineData("'text'", "item[0].response[0].stream")]
    public void An_example_whose_bytes_cannot_be_decoded_is_skipped(string stream, string path)
    {
        LoadedCollection collection = Reading.OneExample($"'originalRequest':'h/a','code':200,'stream':{stream}");

        Assert.Empty(collection.Examples);
        Assert.Equal(LoadIssueReason.InvalidBody, collection.Issues[0].Reason);
        Assert.Equal(path, collection.Issues[0].Path);
    }

    [Fact]
    public void The_text_is_served_when_the_bytes_cannot_be_decoded()
    {
        LoadedCollection collection = Reading.OneExample("'originalRequest':'h/a','code':200,'body':'text','stream':{'data':[256]}");

        Assert.Equal("text", Assert.Single(collection.Examples).Response.SavedText());
        Assert.Single(collection.Issues);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_and_named()
    {
        LoadedCollection collection = Reading.OneExample("'originalRequest':'h/a','code':200,'body':'a\\ud83d-\\udc15-\\ud83d\\udc15'");

        Assert.Equal("a\uFFFD-\uFFFD-\U0001F415", Assert.Single(collection.Examples).Response.SavedText());
        Assert.Equal(LoadIssueSeverity.Warning, Reading.TheIssue(collection, LoadIssueReason.InvalidUnicode, "item[0].response[0].body").Severity);
    }

    [Fact]
    public void Saved_cookies_and_times_are_not_read()
    {
        LoadedCollection collection = Reading.OneExample("'originalRequest':'h/a','code':200,'cookie':[{'name':'a','value':'b'}],'responseTime':{},'timings':7");

        Assert.Empty(collection.Issues);
        Assert.Empty(Assert.Single(collection.Examples).Response.Headers);
    }
}
