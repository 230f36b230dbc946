using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class LimitTests
{
    private static LoadedCollection Read(LoadLimits limits, string items) => Reading.Document($"{{'item':[{items}]}}", limits);

    private static string Repeat(int count, string text) => string.Join(',', Enumerable.Repeat(text, count));

    [Fact]
    public void A_document_beyond_the_limit_is_not_read()
    {
        LoadedCollection collection = Read(new LoadLimits { DocumentBytes = 20 }, Repeat(10, "{}"));

        Assert.True(collection.IsFatal);
        Reading.TheIssue(collection, LoadIssueReason.TooLarge, "$");
    }

    [Fact]
    public void Examples_beyond_the_limit_are_skipped_and_named_once()
    {
        LoadedCollection collection = Read(
            new LoadLimits { Examples = 3 }, Repeat(3, $"{{'response':[{Repeat(2, "{'code':200,'originalRequest':'h'}")}]}}"));

        Assert.Equal(3, collection.Examples.Length);
        Reading.TheIssue(collection, LoadIssueReason.TooMany, "item[1].response[1]");
    }

    [Fact]
    public void Items_beyond_the_limit_are_skipped_and_named_once()
    {
        LoadedCollection collection = Read(new LoadLimits { Items = 3 }, Repeat(4, "{'response':[{'code':200,'originalRequest':'h'}]}"));

        Assert.Equal(3, collection.Examples.Length);
        Reading.TheIssue(collection, LoadIssueReason.TooMany, "item[3]");
    }

    [Fact]
    public void Headers_beyond_the_limit_are_left_out()
    {
        LoadedCollection collection = Read(
            new LoadLimits { Headers = 2 }, $"{{'response':[{{'code':200,'originalRequest':'h','header':[{Repeat(9, "'A: 1'")}]}}]}}");

        Assert.Equal(2, Assert.Single(collection.Examples).Response.Headers.Length);
        Reading.TheIssue(collection, LoadIssueReason.TooMany, "item[0].response[0].header[2]");
    }

    [Fact]
    public void A_header_beyond_the_limit_is_left_out()
    {
        LoadedCollection collection = Read(
            new LoadLimits { HeaderLength = 9 }, "{'response':[{'code':200,'originalRequest':'h','header':['A: 123456789','B: 1']}]}");

        Assert.Equal([new("B", "1")], Assert.Single(collection.Examples).Response.Headers);
        Reading.TheIssue(collection, LoadIssueReason.TooLarge, "item[0].response[0].header[0]");
    }

    [Theory]
    [InlineData("{'url':'h','body':{'mode':'formdata','formdata':[{'key':'a','value':''},{'key':'a','value':''},{'key':'a','value':''}]}}", "body.formdata[2]")]
    [InlineData("{'url':'h','body':{'mode':'urlencoded','urlencoded':'a&a&a'}}", "body.urlencoded")]
    [InlineData("{'url':{'host':'h','query':[{'key':'a'},{'key':'a'},{'key':'a'}]}}", "url.query[2]")]
    public void Fields_beyond_the_limit_are_left_out(string request, string place)
    {
        LoadedCollection collection = Read(new LoadLimits { Fields = 2 }, $"{{'response':[{{'code':200,'originalRequest':{request}}}]}}");

        ExampleRequest read = Assert.Single(collection.Examples).Request;
        Assert.Equal(2, read.Url.Query.Length + (read.Body is ExampleBody.Form form ? form.Fields.Length : 0));
        Reading.TheIssue(collection, LoadIssueReason.TooMany, "item[0].response[0].originalRequest." + place);
    }

    [Fact]
    public void Issues_beyond_the_limit_are_only_counted()
    {
        LoadedCollection collection = Read(new LoadLimits { Issues = 5 }, Repeat(20, "7"));

        Assert.Equal(5, collection.Issues.Length);
        Assert.Equal(21, collection.IssueCount);
    }

    [Fact]
    public void A_message_never_quotes_more_than_a_glimpse()
    {
        LoadedCollection collection = Reading.Items($"{{'response':[{{'code':'{new string('9', 5000)}\\n','originalRequest':'h'}}]}}");

        Assert.All(collection.Issues, static issue => Assert.InRange(issue.Message.Length, 1, 400));
        Assert.All(collection.Issues, static issue => Assert.DoesNotContain(issue.Message, char.IsControl));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public void The_depth_of_folders_cannot_be_set_beyond_what_the_stack_holds(int depth)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadLimits { FolderDepth = depth });
    }
}
