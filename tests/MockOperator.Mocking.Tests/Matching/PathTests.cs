using MockOperator.Resources;
using static MockOperator.Mocking.Tests.Matching.Mock;

namespace MockOperator.Mocking.Tests.Matching;

public class PathTests
{
    [Theory]
    [InlineData("GET {{h}}/a//b", "/a//b", 100)]
    [InlineData("GET {{h}}/a//b", "/a/b", null)]
    [InlineData("GET {{h}}/a", "/a///", 95)]
    [InlineData("GET {{h}}", "/", 100)]
    [InlineData("GET {{h}}/", "/", 100)]
    [InlineData("GET ", "/", 100)]
    [InlineData("GET {{h}}/", "//", 95)]
    [InlineData("GET {{h}}/a b", "/a%20b", 100)]
    [InlineData("GET {{h}}/a%20b", "/a%20b", 100)]
    [InlineData("GET {{h}}/a%2Fb", "/a%2fb", 100)]
    [InlineData("GET {{h}}/a%2Fb", "/a/b", null)]
    [InlineData("GET {{h}}/a+b", "/a+b", 100)]
    [InlineData("GET {{h}}/a%zz", "/a%zz", 100)]
    [InlineData("GET {{h}}/a%", "/a%", 100)]
    [InlineData("GET {{h}}/%E4%BD%A0", "/你", 100)]
    [InlineData("GET {{h}}/ÄRGER", "/%C3%A4rger", 90)]
    [InlineData("GET {{h}}/a", "http://other.example:81/a?x=1#f", 99)]
    [InlineData("GET {{h}}/a", "/a#fragment", 100)]
    public void A_path_is_compared_decoded_and_slash_by_slash(string example, string target, int? score) => Assert.Equal(score, ScoreOf(example, target));

    [Theory]
    [InlineData("GET {{h}}/users/{{id}}", "/Users/carol/", 80)]
    [InlineData("GET {{h}}/users/{{id}}/", "/users/carol", 80)]
    [InlineData("GET {{h}}/users/{{id}}", "/users/", null)]
    [InlineData("GET {{h}}/users/{{id}}/orders", "/users//orders", null)]
    [InlineData("GET {{h}}/{{x}}", "/", null)]
    [InlineData("GET {{h}}/a/pre-{{x}}", "/a/pre-1", null)]
    [InlineData("GET {{h}}/a/pre-{{x}}", "/a/pre-{{x}}", 100)]
    [InlineData("GET {{h}}/users/{{id}}", "/users/{{id}}", 100)]
    [InlineData("GET {{h}}/users/{{$guid}}", "/users/anything", 80)]
    [InlineData("GET {{h}}/users/{{id}}", "/users/a%2Fb", 80)]
    public void A_wildcard_covers_one_whole_segment_that_is_not_empty(string example, string target, int? score) => Assert.Equal(score, ScoreOf(example, target));

    [Theory]
    [InlineData("GET {{h}}/items/7", "/items/42", 79)]
    [InlineData("GET {{h}}/items/7", "/Items/42", 79)]
    [InlineData("GET {{h}}/items/7", "/items/42/", 75)]
    [InlineData("GET {{h}}/items/7", "/items/AA", null)]
    [InlineData("GET {{h}}/items/AA", "/items/BB", null)]
    [InlineData("GET {{h}}/items/7", "/items/3f2504e0-4f89-41d3-9a0c-0305e82c3301", 79)]
    [InlineData("GET {{h}}/items/x-3f2504e0-4f89-41d3-9a0c-0305e82c3301", "/items/12", 79)]
    [InlineData("GET {{h}}/items/7/parts/8", "/items/1/parts/2", 79)]
    public void An_id_stands_for_any_other_id_in_its_place(string example, string target, int? score) => Assert.Equal(score, ScoreOf(example, target));

    [Fact]
    public void A_segment_of_256_characters_is_an_id() => Assert.Equal(79, ScoreOf("GET {{h}}/t/7", "/t/" + new string('k', 256)));

    [Theory]
    [InlineData("/users/2/orders/9", 79)]
    [InlineData("/users/2/orders/9/", 75)]
    [InlineData("/users/1/orders/9", 80)]
    [InlineData("/users/ann/orders/9", null)]
    public void An_id_and_a_wildcard_in_one_path_work_together(string target, int? score) =>
        Assert.Equal(score, ScoreOf("GET {{h}}/users/1/orders/{{order}}", target));

    [Theory]
    [InlineData("/user", 70)]
    [InlineData("/userss", 70)]
    [InlineData("/uzers", 70)]
    [InlineData("/usr", null)]
    [InlineData("/users/x", null)]
    [InlineData("/xxxxx", null)]
    public void A_similar_path_is_the_last_resort(string target, int? score) => Assert.Equal(score, ScoreOf("GET {{h}}/users", target));

    [Fact]
    public void Similarity_is_not_tried_when_another_path_fits()
    {
        var mock = Of(Example("near", "GET {{h}}/employees?page=1"), Example("wild", "GET {{h}}/{{any}}"));

        Assert.Equal("wild", mock.Get("/employes?page=1").Winner);
    }

    [Fact]
    public void Similarity_is_not_tried_with_a_selector_header() =>
        Assert.True(Of(Example("e", "GET {{h}}/employees")).Get("/employes", new Headers { { "x-mock-response-code", "200" } }).IsNotFound);

    [Fact]
    public void Similarity_can_be_switched_off() => Assert.True(Of(Example("e", "GET {{h}}/employees")).With(new MatchingSpec { Fuzzy = false }).Get("/employes").IsNotFound);

    [Theory]
    [InlineData("/users/5", 100)]
    [InlineData("/users/6", 80)]
    [InlineData("/users/:id", 80)]
    public void A_path_variable_matches_its_saved_value_exactly_and_any_other_as_a_wildcard(string target, int score)
    {
        var mock = Of(Example("p", "GET {{h}}/users/:id", body: "{{id}}", variables: [("id", "5")]));

        Assert.Equal(score, mock.Get(target).Score);
    }

    [Fact]
    public void A_path_variable_captures_under_its_name()
    {
        var mock = Of(Example("p", "GET {{h}}/users/:id/x", body: "{{id}}", variables: [("id", "5")]));

        Assert.Equal(("carol", "5"), (mock.Get("/users/carol/x").Body, mock.Get("/users/5/x").Body));
    }

    [Theory]
    [InlineData("/users/7.json", 80, "7")]
    [InlineData("/users/7.JSON", 80, "7")]
    [InlineData("/users/a.b.json", 80, "a.b")]
    [InlineData("/users/5.json", 100, "5")]
    public void A_path_variable_keeps_its_suffix(string target, int score, string captured)
    {
        var call = Of(Example("p", "GET {{h}}/users/:id.json", body: "{{id}}", variables: [("id", "5")])).Get(target);

        Assert.Equal((score, captured), (call.Score, call.Body));
    }

    [Theory]
    [InlineData("/users/.json")]
    [InlineData("/users/7.xml")]
    public void A_path_variable_without_its_suffix_does_not_match(string target) =>
        Assert.True(Of(Example("p", "GET {{h}}/users/:id.json")).Get(target).IsNotFound);

    [Theory]
    [InlineData("/users/ann%20lee", "ann lee")]
    [InlineData("/users/a%2Fb", "a/b")]
    [InlineData("/users/100%25", "100%")]
    [InlineData("/users/a+b", "a+b")]
    [InlineData("/users/%zz", "%zz")]
    public void A_capture_is_decoded(string target, string captured) =>
        Assert.Equal(captured, Of(Example("w", "GET {{h}}/users/{{id}}", body: "{{id}}")).Get(target).Body);

    [Fact]
    public void Wildcards_can_be_switched_off()
    {
        var mock = Of(Example("w", "GET {{h}}/users/{{id}}"), Example("v", "GET {{h}}/x/:id")).With(new MatchingSpec { Wildcards = false });

        Assert.True(mock.Get("/users/1").IsNotFound);
        Assert.True(mock.Get("/x/1").IsNotFound);
        Assert.Equal(100, mock.Get("/users/{{id}}").Score);
    }

    [Theory]
    [InlineData("https://x.example/v1", "/v1/users")]
    [InlineData("https://x.example/v1/", "/v1/users")]
    [InlineData("https://x.example/", "/users")]
    [InlineData("/", "/users")]
    [InlineData("/v1", "/v1/users")]
    [InlineData("x.example:8080", "/users")]
    [InlineData("https://x.example/{{tenant}}", "/{{tenant}}/users")]
    public void A_base_url_brings_its_path_and_no_empty_segment(string baseUrl, string target) =>
        Assert.Equal(100, Of(Example("b", "GET {{baseUrl}}/users")).WithVariable("baseUrl", baseUrl).Get(target).Score);

    [Fact]
    public void A_value_with_a_slash_brings_segments_and_one_with_a_question_mark_a_query()
    {
        var mock = Of(Example("b", "GET {{h}}/{{where}}")).WithVariable("where", "a/b?page=1");

        Assert.Equal(110, mock.Get("/a/b?page=1").Score);
    }

    [Fact]
    public void A_path_of_too_many_segments_is_skipped_with_an_issue()
    {
        var mock = Of(Example("long", "GET {{h}}/" + string.Concat(Enumerable.Repeat("a/", 5000))), Example("ok", "GET {{h}}/ok"));

        Assert.Equal("PathTooLong", Assert.Single(mock.Plan.Issues).Reason);
        Assert.Equal("ok", mock.Get("/ok").Winner);
    }

    [Fact]
    public void A_huge_target_is_answered()
    {
        var target = "/" + string.Concat(Enumerable.Repeat("%41/", 20_000)) + "?" + string.Concat(Enumerable.Repeat("a=%42&&&", 1000));

        Assert.True(Users().Get(target).IsNotFound);
    }

    private static int? ScoreOf(string example, string target) => Of(Example("e", example)).Get(target) is { Winner: not null } call ? (int)call.Score : null;

    [Theory]
    [InlineData("/pets/rex.json", true, "e")]
    [InlineData("/pets/rex.JSON", true, null)]
    [InlineData("/pets/rex.JSON", false, "e")]
    public void Strict_mode_takes_the_suffix_of_a_path_variable_as_it_is_written(string target, bool strict, string? winner)
    {
        var mock = Of(Example("e", "GET {{h}}/pets/:id.json")).With(new MatchingSpec { Mode = strict ? MatchingMode.Strict : MatchingMode.Postman });

        Assert.Equal(winner, mock.Get(target).Winner);
        Assert.Equal(winner is not null, mock.Explain("GET", target).Examples[0].Score is not null);
    }
}
