using System.Text;
using CsCheck;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Matching;

public class OracleTests
{
    private static readonly Dictionary<string, string> s_environment = new() { ["base"] = "users" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_plan_finds_what_the_plain_algorithm_finds(bool strict) =>
        Gen.Select(Generated.Examples, Generated.Matching(strict), Generated.Call.Array[20]).Sample(
            (examples, matching, calls) =>
            {
                var plan = Compile(examples, matching);
                var oracle = new Oracle(examples, matching, s_environment);
                foreach (var call in calls)
                {
                    var found = Match(plan, call);
                    var (winner, score) = oracle.Find(call.Method, call.Target, call.Headers(), call.Body, call.ContentType);
                    Assert.Equal((call.ToString(), winner?.Path, score), (call.ToString(), found.Response?.ExamplePath, found.Score));
                }
            },
            iter: 300);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_examples_of_one_path_are_told_apart_by_query_as_the_plain_algorithm_does(bool strict) =>
        Gen.Select(Generated.DenseExamples, Generated.DenseCall.Array[30]).Sample(
            (examples, calls) =>
            {
                var matching = new MatchingSpec { Mode = strict ? MatchingMode.Strict : MatchingMode.Postman };
                var plan = Compile(examples, matching);
                var oracle = new Oracle(examples, matching, s_environment);
                foreach (var call in calls)
                {
                    var found = Match(plan, call);
                    var (winner, score) = oracle.Find(call.Method, call.Target, call.Headers(), call.Body, call.ContentType);
                    Assert.Equal((call.ToString(), winner?.Path, score), (call.ToString(), found.Response?.ExamplePath, found.Score));
                }
            },
            iter: 200);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_budget_of_any_size_is_kept_and_whoever_wins_within_it_wins_without_it(bool strict) =>
        Gen.Select(Gen.OneOf(Generated.Examples, Generated.DenseExamples), Generated.Matching(strict), Gen.OneOf(Generated.Call, Generated.DenseCall).Array[20], Gen.Long[0, 20_000]).Sample(
            (examples, matching, calls, units) =>
            {
                var plan = Compile(examples, matching);
                var oracle = new Oracle(examples, matching, s_environment);
                foreach (var call in calls)
                {
                    var budget = new WorkBudget(units);
                    var found = plan.Match(new MockRequest(call.Method, call.Target, call.Headers(), Encoding.UTF8.GetBytes(call.Body)), ref budget);
                    Assert.InRange(budget.Used, 0, units);
                    Assert.Equal(found.Outcome == MatchOutcome.TooMuch, budget.Excess != RequestExcess.None);
                    if (found.Outcome != MatchOutcome.TooMuch)
                    {
                        var (winner, score) = oracle.Find(call.Method, call.Target, call.Headers(), call.Body, call.ContentType);
                        Assert.Equal((call.ToString(), winner?.Path, score), (call.ToString(), found.Response?.ExamplePath, found.Score));
                    }
                }
            },
            iter: 200);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_explanation_gives_every_example_the_score_of_the_plain_algorithm_and_no_one_beats_the_winner(bool strict) =>
        Gen.Select(Generated.Examples, Generated.Matching(strict), Generated.Call.Array[5]).Sample(
            (examples, matching, calls) =>
            {
                var plan = Compile(examples, matching);
                var oracle = new Oracle(examples, matching, s_environment);
                foreach (var call in calls.Where(call => call.Selects is { Id: null, Name: null }))
                {
                    var headers = call.Headers();
                    var explanation = plan.Explain(new MockRequest(call.Method, call.Target, headers, Encoding.UTF8.GetBytes(call.Body)));
                    var survivors = oracle.Survivors(call.Method, call.Target, headers, call.Body, call.ContentType);
                    Assert.Equal(
                        survivors.Select(pair => (pair.Example.Path, pair.Score)).Order(),
                        explanation.Examples.Where(row => row.Score is not null).Select(row => (row.Path, row.Score!.Value)).Order());
                    var won = explanation.Examples.SingleOrDefault(row => row.Won);
                    Assert.All(explanation.Examples, row => Assert.True(row.Score is null || row.Score <= won!.Score, row.Reason));
                }
            },
            iter: 200);

    [Fact]
    public void The_order_of_items_changes_nothing_but_ties() =>
        Gen.Select(Generated.Examples, Generated.Call.Array[10], Gen.Int).Sample(
            (examples, calls, seed) =>
            {
                // Ids decide ties, so with distinct ids not even those may change.
                examples = [.. examples.Select((example, index) => example with { Id = $"{index:D3}" })];
                var shuffled = examples.ToArray();
                new Random(seed).Shuffle(shuffled);
                var plan = Compile(examples, new MatchingSpec());
                var other = Compile(shuffled, new MatchingSpec());
                foreach (var call in calls)
                {
                    Assert.Equal(Match(plan, call).Response?.ExampleId, Match(other, call).Response?.ExampleId);
                }
            },
            iter: 150);

    [Fact]
    public void What_strict_mode_lets_through_Postman_mode_lets_through() =>
        Gen.Select(Generated.Examples, Generated.Matching(strict: true), Generated.Call.Array[10]).Sample(
            (examples, matching, calls) =>
            {
                var strict = Compile(examples, matching);
                var postman = Compile(examples, matching with { Mode = MatchingMode.Postman });
                foreach (var call in calls.Where(call => call.Selects is { Id: null, Name: null }))
                {
                    var request = call.Headers();
                    var inStrict = Passing(strict, call, request);
                    Assert.Subset(Passing(postman, call, request), inStrict);
                    Assert.True(inStrict.Count == 0 || Match(postman, call).Response is not null);
                }
            },
            iter: 150);

    [Fact]
    public void A_shadowed_example_never_wins() =>
        Gen.Select(Generated.Examples, Generated.Call.Array[20]).Sample(
            (examples, calls) =>
            {
                var plan = Compile(examples, new MatchingSpec());
                var shadowed = plan.Issues.Where(issue => issue.Reason == "Shadowed").Select(issue => issue.Path).ToHashSet();
                foreach (var call in calls.Where(call => call.Selects is { Code: null, Id: null, Name: null, MatchBody: null or "false", MatchHeaders: null } && !call.Target.Contains('{') && !call.Target.Contains("%7B")))
                {
                    Assert.DoesNotContain(Match(plan, call).Response?.ExamplePath ?? "", shadowed);
                }
            },
            iter: 150);

    private static HashSet<string> Passing(MockPlan plan, Generated.CallOf call, Headers headers) =>
    [
        .. plan.Explain(new MockRequest(call.Method, call.Target, headers, Encoding.UTF8.GetBytes(call.Body))).Examples
            .Where(row => row.Score is not null)
            .Select(row => row.Path),
    ];

    private static MockPlan Compile(IReadOnlyList<Example> examples, MatchingSpec matching) =>
        MockPlan.Compile(new LoadedCollection { Examples = [.. examples] }, s_environment, new MockPlanOptions { Matching = matching });

    private static MatchResult Match(MockPlan plan, Generated.CallOf call) =>
        plan.Match(new MockRequest(call.Method, call.Target, call.Headers(), Encoding.UTF8.GetBytes(call.Body)));
}
