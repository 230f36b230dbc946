using System.Collections.Frozen;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Templating;

public sealed class VariableResolverTests
{
    [Fact]
    public void The_environment_wins_over_the_collection()
    {
        VariableResolver variables = Resolver([("city", "Oslo")], [("city", "Pune"), ("zone", "A")]);
        Assert.Equal("Oslo;A;{{off}};{{nope}}", variables.Resolve("{{city}};{{zone}};{{off}};{{nope}}"));
    }

    [Fact]
    public void An_inner_scope_wins_over_an_outer_one()
    {
        VariableScope outer = Scope([("a", "outer"), ("b", "outer")]);
        VariableResolver variables = new(FrozenDictionary<string, string>.Empty, Scope([("a", "inner")]) with { Outer = outer });
        Assert.Equal("inner outer", variables.Resolve("{{a}} {{b}}"));
    }

    [Fact]
    public void Spaces_belong_to_a_name_before_they_are_trimmed()
    {
        VariableResolver variables = Resolver([(" id ", "spaced"), ("id", "plain")]);
        Assert.Equal("spaced plain plain", variables.Resolve("{{ id }} {{id}} {{  id}}"));
    }

    [Fact]
    public void Names_are_case_sensitive() => Assert.Equal("{{City}}", Resolver([("city", "Oslo")]).Resolve("{{City}}"));

    [Theory]
    [InlineData("{{{id}}}", "{1}")]
    [InlineData("{{{{name}}}}", "1")]
    [InlineData("{{a{{id}}}}", "one")]
    [InlineData("{{i{d}}", "{{i{d}}")]
    [InlineData("{{id}", "{{id}")]
    [InlineData("{{id} }", "{{id} }")]
    [InlineData("{ {id}}", "{ {id}}")]
    [InlineData("}}{{id}}{{", "}}1{{")]
    [InlineData("{{}}", "{{}}")]
    [InlineData("{{x{{y}}}}", "{{x{{y}}}}")]
    [InlineData("{\"a\":{\"b\":{{id}}}}", "{\"a\":{\"b\":1}}")]
    public void A_token_is_two_braces_a_name_without_braces_and_two_braces(string text, string expected) =>
        Assert.Equal(expected, Resolver([("id", "1"), ("name", "id"), ("a1", "one")]).Resolve(text));

    [Fact]
    public void Values_are_followed_nineteen_deep()
    {
        VariableResolver variables = Resolver([.. Enumerable.Range(0, 19).Select(n => ($"v{n}", n == 18 ? "end" : $"{{{{v{n + 1}}}}}"))]);
        Assert.Equal("end", variables.Resolve("{{v0}}"));
        Assert.Empty(variables.Issues);
    }

    [Fact]
    public void The_twentieth_value_stays_a_token_and_is_reported()
    {
        VariableResolver variables = Resolver([.. Enumerable.Range(0, 30).Select(n => ($"v{n}", $"{{{{v{n + 1}}}}}"))]);
        Assert.Equal("{{v19}}", variables.Resolve("{{v0}}"));
        Assert.Equal("{{v29}}", Resolver([("v28", "{{v29}}")]).Resolve("{{v28}}"));
        LoadIssue issue = Assert.Single(variables.Issues);
        Assert.Equal("VariableTooDeep", issue.Reason);
        Assert.Contains("v18 → v19", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_resolved_before_counts_with_its_depth()
    {
        VariableResolver variables = Resolver([.. Enumerable.Range(0, 30).Select(n => ($"v{n}", n == 29 ? "end" : $"{{{{v{n + 1}}}}}"))]);
        Assert.Equal("end", variables.Resolve("{{v15}}"));
        Assert.Equal("{{v19}}", variables.Resolve("{{v0}}"));
    }

    [Fact]
    public void Variables_in_a_circle_stay_tokens_and_are_reported_as_a_chain()
    {
        VariableResolver variables = Resolver([("a", "1{{b}}"), ("b", "2{{c}}"), ("c", "3{{a}}"), ("way", "to {{b}}"), ("x", "[{{x}}]")]);
        Assert.Equal("{{a}} {{b}} to {{b}} {{x}} {{c}}", variables.Resolve("{{a}} {{b}} {{way}} {{x}} {{c}}"));
        Assert.All(variables.Issues, issue => Assert.Equal("VariableCycle", issue.Reason));
        Assert.Contains(variables.Issues, issue => issue.Message.Contains("a → b → c → a", StringComparison.Ordinal));
        Assert.Contains(variables.Issues, issue => issue.Message.Contains("x → x", StringComparison.Ordinal));
        Assert.True(variables.IsDefined("a"));
        Assert.Null(variables.Find("a"));
    }

    [Fact]
    public void Variables_that_double_each_other_end_at_the_limit()
    {
        VariableResolver variables = Resolver([("v0", "ha"), .. Enumerable.Range(1, 18).Select(n => ($"v{n}", string.Concat(Enumerable.Repeat($"{{{{v{n - 1}}}}}", 10))))]);
        string text = variables.Resolve("<{{v18}}>{{v1}}");
        Assert.True(text.Length <= VariableResolver.MaxExpansion + 100, $"{text.Length} characters");
        Assert.EndsWith(">{{v1}}", text, StringComparison.Ordinal);
        Assert.Contains(variables.Issues, issue => issue.Reason == "VariableTooLong");
    }

    [Fact]
    public void All_texts_of_a_plan_share_one_budget()
    {
        ExpansionBudget budget = new();
        FrozenDictionary<string, string> environment = new Dictionary<string, string> { ["v"] = new('x', 1_000_000) }.ToFrozenDictionary();
        int resolved = Enumerable.Range(0, 100).Count(_ => new VariableResolver(environment, VariableScope.Empty, budget).Resolve("{{v}}") != "{{v}}");
        Assert.Equal(67, resolved);
        VariableResolver last = new(environment, VariableScope.Empty, budget);
        Assert.Equal("<{{v}}>", last.Resolve("<{{v}}>"));
        Assert.Equal("VariableTooLong", Assert.Single(last.Issues).Reason);
    }

    [Fact]
    public void Dynamic_variables_and_helpers_are_not_its_business() =>
        Assert.Equal("{{$guid}} {{$body 'a' 'Oslo'}}", Resolver([("city", "Oslo")]).Resolve("{{$guid}} {{$body 'a' '{{city}}'}}"));

    private static VariableResolver Resolver((string Name, string Value)[] environment, (string Name, string Value)[]? scope = null) =>
        new(environment.ToFrozenDictionary(pair => pair.Name, pair => pair.Value), Scope(scope ?? []));

    private static VariableScope Scope((string Name, string Value)[] variables) =>
        new(variables.ToFrozenDictionary(pair => pair.Name, pair => pair.Value), null);
}
