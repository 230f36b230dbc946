using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class BodyTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{'mode':'raw','raw':''}")]
    [InlineData("{'mode':'raw'}")]
    [InlineData("{'mode':'graphql'}")]
    [InlineData("{'mode':'raw','raw':'x','disabled':true}")]
    public void A_missing_empty_or_disabled_body_is_absent(string body)
    {
        Assert.IsType<ExampleBody.Absent>(Reading.Request($"{{'url':'h','body':{body}}}").Body);
    }

    [Theory]
    [InlineData("{'mode':'raw','raw':'a\\nb'}", "a\nb")]
    [InlineData("{'raw':'a'}", "a")]
    [InlineData("'text alone'", "text alone")]
    [InlineData("{'mode':'raw','raw':{'a':[1, 2]}}", "{\"a\":[1, 2]}")]
    public void A_raw_body_is_its_text(string body, string text)
    {
        Assert.Equal(new ExampleBody.Raw(text), Reading.Request($"{{'url':'h','body':{body}}}").Body);
    }

    [Theory]
    [InlineData("formdata", true)]
    [InlineData("urlencoded", false)]
    public void A_form_keeps_enabled_text_fields_in_order(string mode, bool multipart)
    {
        ExampleBody body = Reading.Request(
            $$"""
            {'url':'h','body':{'mode':'{{mode}}','{{mode}}':[
              {'key':'b','value':'2','type':'text'},{'key':'f','type':'file','src':'x.png'},{'key':'g','src':['y.png']},
              {'key':'a','value':1},{'key':'b','value':'2'},{'key':'d','value':'x','disabled':true},{'key':'n','value':null},{'key':'','value':''}] } }
            """).Body;

        ExampleBody.Form form = Assert.IsType<ExampleBody.Form>(body);
        Assert.Equal(multipart, form.Multipart);
        Assert.Equal([new("b", "2"), new("a", "1"), new("b", "2"), new("n", "")], form.Fields);
    }

    [Fact]
    public void A_form_given_as_query_string_is_decoded()
    {
        ExampleBody.Form form = Assert.IsType<ExampleBody.Form>(Reading.Request("{'url':'h','body':{'mode':'urlencoded','urlencoded':'a=1+2&b=%C3%A9&c&d=%zz'}}").Body);

        Assert.Equal([new("a", "1 2"), new("b", "é"), new("c", ""), new("d", "%zz")], form.Fields);
    }

    [Theory]
    [InlineData("{'query':'{a}','variables':'{}','operationName':'Q'}", "{a}", "{}", "Q")]
    [InlineData("{'query':'{a}','variables':{'b':1}}", "{a}", "{\"b\":1}", null)]
    [InlineData("{'query':'{a}','variables':' ','operationName':null}", "{a}", null, null)]
    [InlineData("'{a}'", "{a}", null, null)]
    public void A_graphql_body_has_query_variables_and_operation(string graph, string query, string? variables, string? operation)
    {
        Assert.Equal(new ExampleBody.GraphQL(query, variables, operation), Reading.Request($"{{'url':'h','body':{{'mode':'graphql','graphql':{graph}}}}}").Body);
    }

    [Theory]
    [InlineData("{'mode':'file','file':{'src':'x'}}")]
    [InlineData("{'mode':'file','file':'x'}")]
    [InlineData("{'mode':'file'}")]
    public void A_file_body_is_a_file(string body)
    {
        Assert.IsType<ExampleBody.File>(Reading.Request($"{{'url':'h','body':{body}}}").Body);
    }

    [Fact]
    public void A_body_of_an_unknown_mode_is_equal_to_none_and_named()
    {
        LoadedCollection collection = Reading.OneExample("'code':200,'originalRequest':{'url':'h','body':{'mode':'smoke'}}");

        Assert.IsType<ExampleBody.File>(Assert.Single(collection.Examples).Request.Body);
        Reading.TheIssue(collection, LoadIssueReason.UnknownBodyMode, "item[0].response[0].originalRequest.body.mode");
    }

    [Theory]
    [InlineData("7", "body")]
    [InlineData("{'mode':'formdata','formdata':{}}", "body.formdata")]
    [InlineData("{'mode':'formdata','formdata':[1]}", "body.formdata[0]")]
    [InlineData("{'mode':'graphql','graphql':[]}", "body.graphql")]
    [InlineData("{'mode':[]}", "body.mode")]
    public void A_body_of_the_wrong_type_is_named_and_the_example_served(string body, string place)
    {
        LoadedCollection collection = Reading.OneExample($"'code':200,'originalRequest':{{'url':'h','body':{body}}}");

        Assert.Single(collection.Examples);
        Reading.TheIssue(collection, LoadIssueReason.WrongType, "item[0].response[0].originalRequest." + place);
    }
}
