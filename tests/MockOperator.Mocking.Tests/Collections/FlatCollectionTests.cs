using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class FlatCollectionTests
{
    private static LoadedCollection Read(string requests, string more = "") => Reading.Document($"{{'id':'c','name':'v1','requests':[{requests}]{more}}}");

    private static LoadedCollection ReadExample(string request) =>
        Read($"{{'id':'q','url':'h/parent','responses':[{{'id':'s','responseCode':{{'code':200}},'request':{request}}}]}}");

    [Theory]
    [InlineData("{'url':'h/own','method':'post'}")]
    [InlineData("'{\\'url\\':\\'h/own\\',\\'method\\':\\'post\\'}'")]
    [InlineData("'other'")]
    public void The_request_of_an_example_is_an_object_a_json_text_or_an_id(string request)
    {
        LoadedCollection collection = Read(
            $"{{'id':'other','url':'h/own','method':'POST'}},{{'id':'q','url':'h/parent','responses':[{{'id':'s','responseCode':{{'code':200}},'request':{request}}}]}}");

        ExampleRequest read = Assert.Single(collection.Examples).Request;
        Assert.Equal("POST", read.Method);
        Assert.Equal(["own"], read.Url.Path);
        Assert.Empty(collection.Issues);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("'nobody'")]
    public void An_example_whose_request_is_unknown_uses_the_parents_and_says_so(string request)
    {
        LoadedCollection collection = ReadExample(request);

        Assert.Equal(["parent"], Assert.Single(collection.Examples).Request.Url.Path);
        Assert.Equal(LoadIssueSeverity.Warning, Reading.TheIssue(collection, LoadIssueReason.ParentRequestUsed, "requests[0].responses[0].request").Severity);
    }

    [Fact]
    public void Json_text_that_is_broken_is_named()
    {
        LoadedCollection collection = ReadExample("'{broken'");

        Assert.Empty(collection.Examples);
        Assert.Equal(LoadIssueReason.NotJson, collection.Issues[0].Reason);
        Assert.Equal("requests[0].responses[0].request", collection.Issues[0].Path);
    }

    [Theory]
    [InlineData("'dataMode':null,'data':'x'", typeof(ExampleBody.Absent))]
    [InlineData("'dataMode':'raw','rawModeData':'x'", typeof(ExampleBody.Raw))]
    [InlineData("'dataMode':'raw','data':'x'", typeof(ExampleBody.Raw))]
    [InlineData("'dataMode':'raw','rawModeData':[]", typeof(ExampleBody.Absent))]
    [InlineData("'rawModeData':'x'", typeof(ExampleBody.Raw))]
    [InlineData("'dataMode':'params','data':[{'key':'a','value':'b','type':'text','enabled':true}]", typeof(ExampleBody.Form))]
    [InlineData("'dataMode':'urlencoded','data':'a=b'", typeof(ExampleBody.Form))]
    [InlineData("'dataMode':'binary'", typeof(ExampleBody.File))]
    [InlineData("'dataMode':'graphql','graphqlModeData':{'query':'{a}'}", typeof(ExampleBody.GraphQL))]
    [InlineData("'dataMode':'raw','rawModeData':'x','dataDisabled':true", typeof(ExampleBody.Absent))]
    public void The_data_mode_says_where_the_body_is(string properties, Type body)
    {
        LoadedCollection collection = ReadExample($"{{'url':'h/a',{properties}}}");

        Assert.IsType(body, Assert.Single(collection.Examples).Request.Body);
        Assert.Empty(collection.Issues);
    }

    [Fact]
    public void Tables_beside_the_url_and_the_header_text_win_over_them()
    {
        ExampleRequest request = Assert.Single(ReadExample(
            """
            {'url':'h/:id?a=1','queryParams':[{'key':'b','value':'2','enabled':true},{'key':'a','value':'1','enabled':false}],
             'pathVariables':{'id':'7'},'headers':'X: text','headerData':[{'key':'Y','value':'row','enabled':true},{'key':'Z','value':'off','enabled':false}]}
            """).Examples).Request;

        Assert.Equal([new("b", "2")], request.Url.Query);
        Assert.Equal("7", request.Url.PathVariables["id"]);
        Assert.Equal([new("Y", "row")], request.Headers);
    }

    [Fact]
    public void Empty_tables_leave_the_url_and_the_header_text_alone()
    {
        ExampleRequest request = Assert.Single(ReadExample("{'url':'h/a?b=1','queryParams':[],'headers':'X: text\\n//Y: off','headerData':[]}").Examples).Request;

        Assert.Equal([new("b", "1")], request.Url.Query);
        Assert.Equal([new("X", "text")], request.Headers);
    }

    [Fact]
    public void Folder_variables_are_found_by_the_request_or_by_the_order_of_the_folder()
    {
        LoadedCollection collection = Read(
            """
            {'id':'a','folder':'f','url':'h/a','responses':[{'id':'1','responseCode':{'code':200},'request':'a'}]},
            {'id':'b','url':'h/b','responses':[{'id':'2','responseCode':{'code':200},'request':'b'}]}
            """,
            ",'variables':[{'key':'v','value':'all'}],'folders':[{'id':'f','folders_order':['g'],'variables':[{'key':'v','value':'f'},{'key':'w','value':'f'}]},{'id':'g','order':['b'],'variables':[{'key':'v','value':'g'}]}]");

        Assert.Equal("f", collection.Examples[0].Scope.Find("v"));
        Assert.Equal("g", collection.Examples[1].Scope.Find("v"));
        Assert.Equal("f", collection.Examples[1].Scope.Find("w"));
    }

    [Fact]
    public void Folders_that_hold_each_other_do_not_hang()
    {
        LoadedCollection collection = Read(
            "{'id':'a','folder':'f','url':'h/a','responses':[{'id':'1','responseCode':{'code':200},'request':'a'}]}",
            ",'folders':[{'id':'f','folder':'g','variables':[{'key':'v','value':'f'}]},{'id':'g','folder':'f','variables':[{'key':'v','value':'g'}]}]");

        Assert.Equal("f", Assert.Single(collection.Examples).Scope.Find("v"));
    }

    [Fact]
    public void A_request_that_many_examples_share_is_read_once()
    {
        string big = new('x', 100_000);
        string responses = string.Join(',', Enumerable.Range(0, 1000).Select(static i => $"{{'id':'{i}','responseCode':{{'code':200}},'request':'q'}}"));
        LoadedCollection collection = Read($"{{'id':'q','url':'h/a','dataMode':'raw','rawModeData':'{big}','responses':[{responses}]}}");

        Assert.Equal(1000, collection.Examples.Length);
        Assert.Single(collection.Examples.Select(static example => example.Request).Distinct(ReferenceEqualityComparer.Instance));
    }
}
