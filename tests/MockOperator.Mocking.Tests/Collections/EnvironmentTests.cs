using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class EnvironmentTests
{
    private static LoadedEnvironment Read(string json) => PostmanEnvironmentReader.Read(Encoding.UTF8.GetBytes(json.Replace('\'', '"')));

    [Theory]
    [InlineData("{'name':'e','values':[{'key':'a','value':'1','enabled':true},{'key':'b','value':'2','enabled':false},{'key':'c','value':'3'}]}")]
    [InlineData("{'environment':{'name':'e','values':[{'key':'a','value':'1'},{'key':'c','value':'3','type':'secret'}]}}")]
    [InlineData("{'name':'e','_postman_variable_scope':'globals','values':[{'key':'a','value':1},{'key':'c','value':'3'},{'key':'n','value':null}]}")]
    public void Enabled_variables_are_read(string json)
    {
        LoadedEnvironment environment = Read(json);

        Assert.Equal("e", environment.Name);
        Assert.Equal(["a=1", "c=3"], environment.Variables.Select(static pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.Empty(environment.Issues);
        Assert.False(environment.IsFatal);
    }

    [Theory]
    [InlineData("", LoadIssueReason.Empty, "$")]
    [InlineData("{", LoadIssueReason.NotJson, "$")]
    [InlineData("[]", LoadIssueReason.NotAnEnvironment, "values")]
    [InlineData("{'values':{}}", LoadIssueReason.NotAnEnvironment, "values")]
    [InlineData("{'environment':{}}", LoadIssueReason.NotAnEnvironment, "environment.values")]
    [InlineData("{'info':{},'item':[]}", LoadIssueReason.NotAnEnvironment, "values")]
    public void A_document_that_is_no_environment_is_refused(string json, string reason, string path)
    {
        LoadedEnvironment environment = Read(json);

        Assert.True(environment.IsFatal);
        LoadIssue issue = Assert.Single(environment.Issues);
        Assert.Equal((reason, path), (issue.Reason, issue.Path));
    }

    [Fact]
    public void No_issue_quotes_a_value()
    {
        LoadedEnvironment environment = Read("{'name':'e','values':['s3cret',{'key':['s3cret'],'value':'s3cret'},{'key':'a','value':'s3cret\\ud800'}]}");

        Assert.Equal(3, environment.IssueCount);
        Assert.All(environment.Issues, static issue => Assert.DoesNotContain("s3cret", issue.Message + issue.Path, StringComparison.Ordinal));
    }
}
