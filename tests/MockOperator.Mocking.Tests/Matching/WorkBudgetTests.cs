using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;
using static MockOperator.Mocking.Tests.Matching.Mock;

namespace MockOperator.Mocking.Tests.Matching;

/// <summary>What requests cost, in units: whatever they say, and however many examples there are.</summary>
public class WorkBudgetTests
{
    private const int Few = 50;
    private const int Many = 5000;

    [Fact]
    public void A_repeated_key_costs_the_same_among_many_examples_as_among_few()
    {
        const string Target = "/items/5?page=1&page=2";

        Assert.Equal(Units(Pages(Few), Target), Units(Pages(Many), Target));
        Assert.InRange(Units(Pages(Many), Target), 1, 1000);
    }

    [Fact]
    public void As_many_values_of_one_key_as_there_may_be_are_matched_on_the_socket_thread()
    {
        var target = "/items/5?" + string.Join('&', Enumerable.Range(4001, WorkBudget.MaxParameters).Select(number => $"page={number}"));

        var result = OnSocketThread(Pages(Many), target);

        Assert.Equal((MatchOutcome.Matched, "page 04001"), (result.Outcome, result.Response?.ExampleId));
    }

    [Fact]
    public void Values_of_several_repeated_keys_are_not_tried_in_every_combination()
    {
        var plan = Of([.. Enumerable.Range(0, Many).Select(number => Example($"e{number:D5}", $"GET {{{{h}}}}/i?a={number % 10}&b={number / 10 % 10}&c={number / 100 % 10}&d={number / 1000}"))]).Plan;
        var values = Enumerable.Range(0, 200).Select(number => number % 9).ToArray();
        var target = "/i?" + string.Join('&', values.SelectMany(value => new[] { $"a={value}", $"b={value}", $"c={value}", $"d={value}" }));
        var budget = new WorkBudget(WorkBudget.OfRequest);

        var result = plan.Match(new MockRequest("GET", target, Headers.None), ref budget);

        Assert.Equal("e00000", result.Response?.ExampleId);
        Assert.InRange(budget.Used, 1, 500_000);
    }

    [Fact]
    public void A_query_with_too_many_parameters_is_refused_whatever_it_may_cost()
    {
        var target = "/items/5?" + string.Concat(Enumerable.Repeat("page&", WorkBudget.MaxParameters + 1));

        var result = Pages(Few).Match(new MockRequest("GET", target, Headers.None));

        Assert.Equal((MatchOutcome.TooMuch, RequestExcess.Parameters), (result.Outcome, result.Excess));
        Assert.Equal(MatchOutcome.Matched, Pages(Few).Match(new MockRequest("GET", target[..^5], Headers.None)).Outcome);
    }

    [Fact]
    public void A_query_that_does_not_count_is_not_read()
    {
        var mock = Of(Example("e", "GET {{h}}/items?page=1")).With(new MatchingSpec { QueryParams = false });

        Assert.Equal("e", mock.Get("/items?" + string.Concat(Enumerable.Repeat("page&", 6000))).Winner);
    }

    [Fact]
    public void A_long_query_that_shares_no_key_costs_the_same_among_many_examples_as_among_few()
    {
        var target = "/items?" + string.Join('&', Enumerable.Range(0, 500).Select(number => $"x{number}=1"));

        Assert.Equal(Units(Keys(Few), target), Units(Keys(Many), target));
    }

    [Fact]
    public void A_subset_costs_what_the_body_says_not_what_all_examples_say()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 500).Select(number => $"\"x{number}\":{number}")) + "}";

        Assert.Equal(Units(Members(Few), "/orders", body), Units(Members(Many), "/orders", body));
        Assert.Equal("m00007", Members(Many).Match(Post("/orders", body.Insert(1, "\"k7\":7,"))).Response?.ExampleId);
    }

    [Fact]
    public void A_body_that_has_the_members_of_all_examples_costs_little_for_each()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, Many).Select(number => $"\"k{number}\":{number}")) + "}";

        Assert.InRange(Units(Members(Many), "/orders", body), Many, 300L * Many);
    }

    [Fact]
    public void A_body_that_is_compared_part_by_part_has_a_bounded_number_of_parts()
    {
        var elements = "[" + string.Join(',', Enumerable.Repeat("1", WorkBudget.MaxParts)) + "]";
        var form = Of(Example("e", "POST {{h}}/orders", requestBody: new ExampleBody.Form([new Field("a", "1")], Multipart: false))).With(new MatchingSpec { Body = BodyMatching.Subset });

        Assert.Equal(RequestExcess.Parts, Members(Few).Match(Post("/orders", elements)).Excess);
        Assert.Equal(MatchOutcome.NoMatch, Members(Few).Match(Post("/orders", elements.Remove(1, 2))).Outcome);
        Assert.Equal(RequestExcess.Parts, form.Plan.Match(Post("/orders", string.Concat(Enumerable.Repeat("a&", WorkBudget.MaxParts + 1)))).Excess);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void A_deep_body_is_refused_or_compared_on_the_socket_thread(string opening)
    {
        var body = string.Concat(Enumerable.Repeat(opening, 3000));

        Assert.Equal(MatchOutcome.NoMatch, OnSocketThread(Members(Few), "/orders", body).Outcome);
    }

    [Fact]
    public void The_largest_body_that_is_compared_as_a_whole_is_within_the_budget()
    {
        var plan = Of(
            Example("json", "POST {{h}}/p", requestBody: Raw("{}")),
            Example("text", "POST {{h}}/p", requestBody: Raw("text")),
            Example("form", "POST {{h}}/p", requestBody: new ExampleBody.Form([new Field("a", "1")], Multipart: false)),
            Example("call", "POST {{h}}/p", requestBody: new ExampleBody.GraphQL("{ a }", null, null))).Plan;

        var result = plan.Match(Post("/p", "\"" + new string('x', (10 * 1024 * 1024) - 2) + "\""));

        Assert.Equal(MatchOutcome.Matched, result.Outcome);
        Assert.Equal((MatchOutcome.TooMuch, RequestExcess.Body), (OnSocketThread(plan, "/p", new string('x', 100_000)).Outcome, OnSocketThread(plan, "/p", new string('x', 100_000)).Excess));
    }

    [Fact]
    public void Many_names_of_headers_among_many_examples_end_the_budget_of_a_socket_thread()
    {
        var plan = Of([.. Enumerable.Range(0, Many).Select(number => Example($"e{number:D5}", "GET {{h}}/me", headers: [("X-Role", $"{number}"), ("X-A", "1"), ("X-B", "1"), ("X-C", "1")]))]).Plan;
        var headers = new Headers { { "x-mock-match-request-headers", string.Join(',', Enumerable.Repeat("X-A", 63)) + ",X-Role" }, { "X-A", "1" }, { "X-Role", "9" } };
        var small = new WorkBudget(WorkBudget.OfSocketThread);
        var large = new WorkBudget(WorkBudget.OfRequest);

        var given = plan.Match(new MockRequest("GET", "/me", headers), ref small);
        var found = plan.Match(new MockRequest("GET", "/me", headers), ref large);

        Assert.Equal((MatchOutcome.TooMuch, RequestExcess.Headers), (given.Outcome, given.Excess));
        Assert.Equal("e00009", found.Response?.ExampleId);
    }

    [Fact]
    public void A_search_for_similar_paths_that_is_not_finished_has_no_winner_in_answer_and_explanation()
    {
        var near = Example("near", "GET {{h}}/" + new string('z', 236) + "qqq");
        var plan = Of([near, .. Enumerable.Range(0, 3000).Select(number => Example($"e{number}", $"GET {{{{h}}}}/{new string((char)('a' + (number % 25)), 240)}{number}"))]).Plan;
        var request = "/" + new string('z', 243);

        var result = plan.Match(new MockRequest("GET", request, Headers.None));
        var explanation = plan.Explain(new MockRequest("GET", request, Headers.None));

        Assert.Equal((MatchOutcome.TooMuch, RequestExcess.Path), (result.Outcome, result.Excess));
        Assert.Equal((MatchOutcome.TooMuch, RequestExcess.Path), (explanation.Outcome, explanation.Excess));
        Assert.Equal("near", Of(near).Get(request).Winner);
    }

    [Fact]
    public void A_misspelled_path_is_found_among_many_of_its_length_on_the_socket_thread()
    {
        var plan = Of([.. Enumerable.Range(0, 10_000).Select(number => Example($"e{number:D5}", $"GET {{{{h}}}}/{Word(number)}"))]).Plan;
        var word = Word(7777);

        var result = OnSocketThread(plan, $"/{word[..3]}{word[4..]}");

        Assert.Equal((MatchOutcome.Matched, "e07777", 70), (result.Outcome, result.Response?.ExampleId, result.Score));
    }

    [Fact]
    public void Captures_are_within_the_budget()
    {
        var plan = Of(Example("e", "GET {{h}}/items/{{id}}?page={{page}}", body: "{{id}} {{page}}")).Plan;
        var target = "/items/1?" + string.Join('&', Enumerable.Repeat("page=1", 1000));

        Assert.Equal(MatchOutcome.TooMuch, OnSocketThread(plan, target).Outcome);
        Assert.Equal(MatchOutcome.Matched, plan.Match(new MockRequest("GET", target, Headers.None)).Outcome);
    }

    [Fact]
    public void Whoever_does_not_wait_any_more_costs_no_more()
    {
        using var left = new CancellationTokenSource();
        left.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
        {
            var budget = new WorkBudget(WorkBudget.OfRequest, left.Token);
            Pages(Few).Match(new MockRequest("GET", "/items/1", Headers.None), ref budget);
        });
        Assert.Throws<OperationCanceledException>(() => Pages(Few).WriteExplanation(new MockRequest("GET", "/items/1", Headers.None), new System.Buffers.ArrayBufferWriter<byte>(), left.Token));
    }

    private static MockPlan Pages(int count) => Of([.. Enumerable.Range(1, count).Select(number => Example($"page {number:D5}", $"GET {{{{h}}}}/items/{{{{id}}}}?page={number}"))]).Plan;

    private static MockPlan Keys(int count) => Of([.. Enumerable.Range(1, count).Select(number => Example($"key {number:D5}", $"GET {{{{h}}}}/items?k{number}=1"))]).Plan;

    private static MockPlan Members(int count) => Of([.. Enumerable.Range(0, count).Select(number => Example($"m{number:D5}", "POST {{h}}/orders", requestBody: Raw($$"""{"k{{number}}":{{number}}}""")))])
        .With(new MatchingSpec { Body = BodyMatching.Subset }).Plan;

    /// <summary>A word of eight letters that few others resemble.</summary>
    private static string Word(int number)
    {
        var random = new Random(number);
        return string.Concat(Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26))));
    }

    private static MockRequest Post(string target, string body) => new("POST", target, new Headers { { "Content-Type", "application/json" } }, Encoding.UTF8.GetBytes(body));

    private static long Units(MockPlan plan, string target, string? body = null)
    {
        var budget = new WorkBudget(WorkBudget.OfRequest);
        plan.Match(body is null ? new MockRequest("GET", target, Headers.None) : Post(target, body), ref budget);
        return budget.Used;
    }

    private static MatchResult OnSocketThread(MockPlan plan, string target, string? body = null)
    {
        var budget = new WorkBudget(WorkBudget.OfSocketThread);
        return plan.Match(body is null ? new MockRequest("GET", target, Headers.None) : Post(target, body), ref budget);
    }
}
