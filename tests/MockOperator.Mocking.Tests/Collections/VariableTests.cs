using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class VariableTests
{
    [Fact]
    public void The_innermost_folder_wins_over_outer_ones_and_the_collection()
    {
        LoadedCollection collection = Reading.Items(
            """
            {'variable':[{'key':'a','value':'outer'},{'key':'b','value':'outer'}],'item':[
              {'variable':[{'key':'a','value':'inner'}],'item':[
                {'variable':[{'key':'i','value':'item'}],'response':[{'code':200,'originalRequest':'h/a'}]}]},
              {'response':[{'code':200,'originalRequest':'h/b'}]}]}
            """,
            ",'variable':[{'key':'a','value':'all'},{'key':'b','value':'all'},{'key':'c','value':'all'}]");

        VariableScope scope = collection.Examples[0].Scope;
        Assert.Equal(["inner", "outer", "all", "item"], new[] { "a", "b", "c", "i" }.Select(scope.Find));
        Assert.Equal(["outer", null], new[] { "a", "i" }.Select(collection.Examples[1].Scope.Find));
    }

    [Fact]
    public void Items_without_variables_share_the_scope_around_them()
    {
        LoadedCollection collection = Reading.Items(
            "{'item':[{'response':[{'code':200,'originalRequest':'h/a'},{'code':200,'originalRequest':'h/b'}]}]}", ",'variable':[{'key':'a','value':'1'}]");

        Assert.Same(collection.Examples[0].Scope, collection.Examples[1].Scope);
        Assert.Null(collection.Examples[0].Scope.Outer);
    }

    [Theory]
    [InlineData("{'key':'v','value':'x'}", "x")]
    [InlineData("{'id':'v','value':'x'}", "x")]
    [InlineData("{'key':'v','value':''}", "")]
    [InlineData("{'key':'v','value':3.50}", "3.50")]
    [InlineData("{'key':'v','value':true}", "true")]
    [InlineData("{'key':'v','value':{'a':1}}", "{\"a\":1}")]
    [InlineData("{'key':'v','value':null}", null)]
    [InlineData("{'key':'v'}", null)]
    [InlineData("{'key':'v','value':'x','disabled':true}", null)]
    [InlineData("{'key':'v','value':'x'},{'key':'v','value':'y'}", "y")]
    [InlineData("{'key':'v','value':'x'},{'key':'v','value':'y','disabled':true}", "x")]
    [InlineData("{'key':'V','value':'x'}", null)]
    public void A_variable_has_the_value_of_its_last_enabled_row(string rows, string? value)
    {
        LoadedCollection collection = Reading.Items("{'response':[{'code':200,'originalRequest':'h/a'}]}", $",'variable':[{rows}]");

        Assert.Equal(value, Assert.Single(collection.Examples).Scope.Find("v"));
        Assert.Empty(collection.Issues);
    }
}
