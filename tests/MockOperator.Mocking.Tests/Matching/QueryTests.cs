using MockOperator.Resources;
using static MockOperator.Mocking.Tests.Matching.Mock;

namespace MockOperator.Mocking.Tests.Matching;

public class QueryTests
{
    [Theory]
    [InlineData("a=1", "a=1", 110)]
    [InlineData("a=1&b=2", "b=2&a=1", 110)]
    [InlineData("a=1&b=2", "a=1&b=3", 105)]
    [InlineData("a=1&b=2", "a=1", 105)]
    [InlineData("a=1", "a=1&b=2&c=3&d=4", 102.5)]
    [InlineData("a=1", "a=2", 100)]
    [InlineData("a=1", "", 99)]
    [InlineData("", "a=1&b=2", 98)]
    [InlineData("", "a&b&c&d&e&f&g&h&i&j&k&l", 90)]
    [InlineData("a=1", "A=1", 98)]
    [InlineData("a=x", "a=X", 100)]
    [InlineData("a=x+y", "a=x%20y", 110)]
    [InlineData("a=%2A", "a=*", 110)]
    [InlineData("a=x%2By", "a=x+y", 100)]
    [InlineData("a=%zz", "a=%zz", 110)]
    [InlineData("flag", "flag=", 110)]
    [InlineData("a=1", "a=1&&", 110)]
    [InlineData("a=1", "=&a=1", 110)]
    public void A_query_scores_by_the_share_of_its_matches(string saved, string sent, double score) =>
        Assert.Equal(score, Of(Example("e", $"GET {{{{h}}}}/p{(saved.Length > 0 ? "?" : "")}{saved}")).Get($"/p?{sent}").Score);

    [Theory]
    [InlineData("a=1&a=2", "a=2&a=1", 110)]
    [InlineData("a=1&a=2", "a=1", 105)]
    [InlineData("a=1", "a=1&a=1", 105)]
    [InlineData("a=1&a=2", "a=3&a=4", 100)]
    [InlineData("a=1&a={{v}}", "a=1&a=9", 110)]
    [InlineData("a=1&a={{v}}", "a=9&a=8", 105)]
    public void Repeated_keys_are_compared_as_multisets(string saved, string sent, double score) =>
        Assert.Equal(score, Of(Example("e", $"GET {{{{h}}}}/p?{saved}")).Get($"/p?{sent}").Score);

    [Fact]
    public void A_wildcard_value_takes_any_value_and_captures_it()
    {
        var mock = Of(Example("w", "GET {{h}}/p?page={{page}}&size={{$randomInt}}", body: "page {{page}}"));

        var call = mock.Get("/p?size=5&page=a%26b+c");

        Assert.Equal((110, "page a&b c"), (call.Score, call.Body));
    }

    [Fact]
    public void A_wildcard_among_repeated_keys_captures_what_the_others_leave()
    {
        var mock = Of(Example("w", "GET {{h}}/p?a={{x}}&a=1", body: "{{x}}"));

        Assert.Equal("2", mock.Get("/p?a=1&a=2").Body);
    }

    [Fact]
    public void Query_parameters_can_be_switched_off() =>
        Assert.Equal(100, Of(Example("e", "GET {{h}}/p?a=1")).With(new MatchingSpec { QueryParams = false }).Get("/p?b=2").Score);

    [Fact]
    public void A_path_of_a_later_step_can_win_by_its_query()
    {
        var mock = Of(Example("exact", "GET {{h}}/users/1"), Example("wild", "GET {{h}}/users/{{id}}?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10"));

        // 100 − 10 against 80 + 10: a tie, which the id decides.
        Assert.Equal(("exact", 90), (mock.Get("/users/1?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10").Winner, mock.Get("/users/1?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10").Score));
    }
}
