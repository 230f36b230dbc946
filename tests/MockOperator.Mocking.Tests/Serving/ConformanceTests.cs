using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Tests.Matching;
using MockOperator.Resources;
using static MockOperator.Mocking.Tests.Matching.Mock;

namespace MockOperator.Mocking.Tests.Serving;

/// <summary>The documented cases T01 to T30, each with the score behind it where there is one.</summary>
public class ConformanceTests
{
    private static Mock Query => Of(
        Example("q1", "GET {{h}}/search", body: "none"),
        Example("q2", "GET {{h}}/search?page=1", body: "p1"),
        Example("q3", "GET {{h}}/search?page=2", body: "p2"),
        Example("q4", "GET {{h}}/search?page=1&size=10", body: "p1s10"));

    private static Mock Names => Of(
        Example("r1", "GET {{h}}/a", 500, "a", "Result"),
        Example("r2", "GET {{h}}/b", 200, "b", "Result"),
        Example("r3", "GET {{h}}/c", 200, "c", "Result"),
        Example("r4", "GET {{h}}/d", 503, "d", "Odd"),
        Example("r5", "GET {{h}}/e", 201, "e", "Odd"));

    private static Mock Roles => Of(
        Example("h1", "GET {{h}}/me", body: "admin", headers: [("X-Role", "admin")]),
        Example("h2", "GET {{h}}/me", body: "guest", headers: [("X-Role", "guest")]));

    private static Mock Fuzzy => Of(
        Example("d1", "GET {{h}}/api/user/1", body: "one"),
        Example("d2", "GET {{h}}/employees/carolyne", body: "near"),
        Example("d3", "GET {{h}}/items/3f2504e0-4f89-41d3-9a0c-0305e82c3301", body: "uuid"));

    [Theory]
    [InlineData("/users", "u1", 100)]
    [InlineData("/users/", "u1", 95)]
    [InlineData("/USERS", "u1", 90)]
    [InlineData("/Users/", "u1", 85)]
    [InlineData("/users/1", "u2", 100)]
    [InlineData("/users/carol", "u3", 80)]
    [InlineData("/users/2", "u3", 80)]
    [InlineData("/users/9/orders/33", "u5", 80)]
    public void T01_to_T07_and_T10_A_path_wins_at_its_first_step(string target, string winner, double score)
    {
        var call = Users().Get(target);

        Assert.Equal((winner, score), (call.Winner, call.Score));
    }

    [Fact]
    public void T06_A_tie_goes_to_the_first_with_status_200_and_the_capture_is_filled() =>
        Assert.Equal((200, """{"id":"carol"}"""), Answer(Users().Get("/users/carol")));

    [Fact]
    public void T07_A_wildcard_beats_a_removed_id() => Assert.Equal((200, """{"id":"2"}"""), Answer(Users().Get("/users/2")));

    [Fact]
    public void T08_A_wildcard_covers_one_segment() => Assert.True(Users().Get("/users/a/b/c").IsNotFound);

    [Fact]
    public void T09_Another_method_is_not_found() => Assert.True(Users().Send("PUT", "/users").IsNotFound);

    [Fact]
    public void T10_Two_wildcards_capture_two_values() =>
        Assert.Equal((200, """{"u":"9","o":"33"}"""), Answer(Users().Get("/users/9/orders/33")));

    [Fact]
    public void T11_A_status_filters_before_the_path() =>
        Assert.Equal((404, """{"error":"none"}"""), Answer(Users().Get("/users/carol", new Headers { { "x-mock-response-code", "404" } })));

    [Fact]
    public void T12_A_status_that_no_example_has_is_not_found() =>
        Assert.True(Users().Get("/users/carol", new Headers { { "x-mock-response-code", "500" } }).IsNotFound);

    [Fact]
    public void T13_A_name_returns_at_once() =>
        Assert.Equal("u2", Users().Get("/users", new Headers { { "x-mock-response-name", "Get user 1" } }).Winner);

    [Fact]
    public void T14_An_unknown_name_does_not_fall_back_to_the_path() =>
        Assert.True(Users().Get("/users", new Headers { { "x-mock-response-name", "Nobody" } }).IsNotFound);

    [Theory]
    [InlineData("12345678-u4")]
    [InlineData("u4")]
    public void T15_An_id_returns_at_once_in_both_forms(string id) =>
        Assert.Equal((404, """{"error":"none"}"""), Answer(Users().Get("/users/1", new Headers { { "x-mock-response-id", id } })));

    [Fact]
    public void T16_The_method_filters_before_the_id() =>
        Assert.True(Users().Get("/users", new Headers { { "x-mock-response-id", "u6" } }).IsNotFound);

    [Theory]
    [InlineData("Result", 200, "b")]
    [InlineData("Odd", 503, "d")]
    public void T17_Of_several_with_a_name_the_first_200_wins_else_the_first(string name, int status, string body) =>
        Assert.Equal((status, body), Answer(Names.Get("/zzz", new Headers { { "x-mock-response-name", name } })));

    [Theory]
    [InlineData("/search", "none", 100)]
    [InlineData("/search?page=2", "p2", 110)]
    [InlineData("/search?size=10&page=1", "p1s10", 110)]
    [InlineData("/search?page=3", "p1", 100)]
    [InlineData("/search?page=1&nonce=x", "p1", 105)]
    public void T18_to_T22_Query_parameters_score(string target, string body, double score)
    {
        var call = Query.Get(target);

        Assert.Equal((body, score), (call.Body, call.Score));
    }

    [Fact]
    public void T23_An_equal_body_earns_five_points()
    {
        var call = Users().Post("/users", """{"name":"Bob"}""");

        Assert.Equal((201, """{"created":"Bob"}"""), Answer(call));
        Assert.Equal(105, call.Score);
    }

    [Fact]
    public void T24_Another_body_removes_nothing() => Assert.Equal("u6", Users().Post("/users", """{"name":"Zed"}""").Winner);

    [Fact]
    public void T25_Explicit_body_matching_removes() =>
        Assert.True(Users().Post("/users", """{"name":"Zed"}""", headers: new Headers { { "x-mock-match-request-body", "true" } }).IsNotFound);

    [Fact]
    public void T26_The_request_overrides_configured_body_matching()
    {
        var mock = Users().With(new MatchingSpec { Body = BodyMatching.Exact });

        Assert.True(mock.Post("/users", """{"name":"Zed"}""").IsNotFound);
        Assert.Equal("u6", mock.Post("/users", """{"name":"Zed"}""", headers: new Headers { { "x-mock-match-request-body", "false" } }).Winner);
    }

    [Theory]
    [InlineData("X-Role")]
    [InlineData("x-role")]
    public void T27_Listed_headers_are_compared_by_value(string name) =>
        Assert.Equal("guest", Roles.Get("/me", new Headers { { name, "guest" }, { "x-mock-match-request-headers", name } }).Body);

    [Fact]
    public void T28_A_listed_header_that_differs_removes()
    {
        Assert.True(Roles.Get("/me", new Headers { { "X-Role", "root" }, { "x-mock-match-request-headers", "X-Role" } }).IsNotFound);
        Assert.True(Roles.With(new MatchingSpec { Headers = ["X-Role"] }).Get("/me", new Headers { { "X-Role", "root" } }).IsNotFound);
    }

    [Fact]
    public void T29_The_environment_wins_over_the_collection_and_unknown_tokens_stay()
    {
        var scope = new VariableScope(System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
            new Dictionary<string, string> { ["city"] = "Pune", ["zone"] = "A" }), null);
        var example = Example("v1", "GET {{h}}/v", body: "{{city}};{{zone}};{{off}};{{nope}}") with { Scope = scope };

        Assert.Equal("Oslo;A;{{off}};{{nope}}", Of(example).WithVariable("city", "Oslo").Get("/v").Body);
        Assert.Equal("Pune;A;{{off}};{{nope}}", Of(example).Get("/v").Body);
    }

    [Fact]
    public void T30_Dynamic_variables_are_new_for_every_occurrence()
    {
        var mock = Of(Example("v2", "GET {{h}}/rand", body: "{{$guid}} {{$guid}} {{$timestamp}}"));

        var words = mock.Get("/rand").Body.Split(' ');

        Assert.Equal(3, words.Length);
        Assert.All(words[..2], word => Assert.Equal('4', Guid.Parse(word).ToString("D")[14]));
        Assert.NotEqual(words[0], words[1]);
        Assert.Equal(10, words[2].Length);
    }

    [Theory]
    [InlineData("/api/user/7", "one", 79)]
    [InlineData("/api/user/7/", "one", 75)]
    [InlineData("/employees/carolina", "near", 70)]
    [InlineData("/items/9E107D9D-372B-4B6C-8D1F-9A0B1C2D3E4F", "uuid", 79)]
    public void The_last_steps_find_ids_and_similar_words(string target, string body, double score)
    {
        var call = Fuzzy.Get(target);

        Assert.Equal((body, score), (call.Body, call.Score));
    }

    private static (int Status, string Body) Answer(Call call) => (call.Status, call.Body);
}
