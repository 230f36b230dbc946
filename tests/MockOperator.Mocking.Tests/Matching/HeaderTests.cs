using MockOperator.Resources;
using static MockOperator.Mocking.Tests.Matching.Mock;

namespace MockOperator.Mocking.Tests.Matching;

public class HeaderTests
{
    private static Mock Roles => Of(
        Example("a", "GET {{h}}/me", headers: [("X-Role", " Admin ")]),
        Example("b", "GET {{h}}/me", headers: [("X-Role", "x"), ("x-role", "y")]),
        Example("c", "GET {{h}}/me"));

    [Theory]
    [InlineData("X-Role", "admin", "a")]
    [InlineData(" , x-role ,, ", "ADMIN", "a")]
    [InlineData("X-Role", "x, y", "b")]
    [InlineData("X-Role", null, "c")]
    [InlineData("X-Role", "root", null)]
    [InlineData("X-Other", "root", "a")]
    [InlineData("", "root", "a")]
    public void A_listed_header_agrees_without_regard_to_case_and_blanks(string list, string? sent, string? winner)
    {
        var headers = new Headers { { "x-mock-match-request-headers", list } };
        if (sent is not null)
        {
            headers.Add("x-role", sent);
        }

        Assert.Equal(winner, Roles.Get("/me", headers).Winner);
    }

    [Fact]
    public void The_list_of_the_request_wins_over_the_configured_one()
    {
        var mock = Roles.With(new MatchingSpec { Headers = ["X-Role"] });

        Assert.Equal("c", mock.Get("/me").Winner);
        Assert.Equal("a", mock.Get("/me", new Headers { { "x-mock-match-request-headers", "X-Nothing" } }).Winner);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("200.0")]
    [InlineData("99999999999")]
    public void A_response_code_that_is_no_number_matches_nothing(string code) =>
        Assert.True(Users().Get("/users", new Headers { { "x-mock-response-code", code } }).IsNotFound);

    [Fact]
    public void A_uid_is_found_as_saved_and_blanks_around_it_do_not_count()
    {
        var mock = Of(Example("x", "GET {{h}}/a") with { Uid = "99-x" });

        Assert.Equal("x", mock.Get("/zzz", new Headers { { "x-mock-response-id", " 99-x " } }).Winner);
        Assert.Equal("x", mock.Get("/zzz", new Headers { { "x-mock-response-id", "1-x" } }).Winner);
        Assert.True(mock.Get("/a", new Headers { { "x-mock-response-id", "X" } }).IsNotFound);
    }

    [Theory]
    [InlineData(" Get user 1 ", true)]
    [InlineData("get user 1", false)]
    public void A_name_is_compared_exactly_but_for_blanks_around_it(string name, bool found) =>
        Assert.Equal(found, Users().Get("/zzz", new Headers { { "x-mock-response-name", name } }).Winner is not null);

    [Fact]
    public void The_status_filters_before_the_name_and_the_id_before_the_name()
    {
        Assert.Equal("u4", Users().Get("/", new Headers { { "x-mock-response-code", "404" }, { "x-mock-response-name", "No user" } }).Winner);
        Assert.True(Users().Get("/", new Headers { { "x-mock-response-code", "200" }, { "x-mock-response-name", "No user" } }).IsNotFound);
        Assert.Equal("u1", Users().Get("/", new Headers { { "x-mock-response-id", "u1" }, { "x-mock-response-name", "No user" } }).Winner);
    }

    [Theory]
    [InlineData("/users/carol", """{"id":"carol"}""")]
    [InlineData("/elsewhere", """{"id":"{{userId}}"}""")]
    public void A_choice_by_name_captures_when_the_path_fits(string target, string body) =>
        Assert.Equal(body, Users().Get(target, new Headers { { "x-mock-response-name", "Any user" } }).Body);

    [Fact]
    public void Many_examples_are_filtered_by_header_status_and_body_like_few()
    {
        var mock = Of([.. Enumerable.Range(0, 50).Select(number => Example($"e{number:D2}", "POST {{h}}/p", 200 + number, headers: [("X-N", $"{number}")], requestBody: Raw($"{number}")))]);

        Assert.Equal("e07", mock.Post("/p", "", headers: new Headers { { "X-N", "7" }, { "x-mock-match-request-headers", "X-N" } }).Winner);
        Assert.Equal("e08", mock.Post("/p", "", headers: new Headers { { "x-mock-response-code", "208" } }).Winner);
        Assert.Equal("e09", mock.Post("/p", "9", headers: new Headers { { "x-mock-match-request-body", "true" } }).Winner);
        Assert.Equal("e10", mock.Post("/p", " 10 ").Winner);
    }
}
