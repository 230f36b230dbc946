using MockOperator.Mocking.Collections;
using MockOperator.Resources;
using static MockOperator.Mocking.Tests.Matching.Mock;

namespace MockOperator.Mocking.Tests.Matching;

public class BodyTests
{
    private static Headers Explicit => new() { { "x-mock-match-request-body", "true" } };

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", "{ \"b\": [1, 2],\n \"a\": 1.0 }", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":"A"}""", """{"a":"\u0041"}""", true)]
    [InlineData("""{"a":"1"}""", """{"a":1}""", false)]
    [InlineData("""{"a":null}""", "{}", false)]
    [InlineData("""{"a":100}""", """{"a":1e2}""", true)]
    [InlineData("""{"a":-0}""", """{"a":0}""", true)]
    [InlineData("[[]]", "[{}]", false)]
    [InlineData("[[1],[2]]", "[[1,2]]", false)]
    [InlineData("""{"a":{"b":1}}""", """{"a":{},"b":1}""", false)]
    [InlineData("<a>\r\n</a>", " <a>\n</a>\n", true)]
    [InlineData("<a/>", "<b/>", false)]
    [InlineData("{\"a\":1}", "{\"a\":1", false)]
    [InlineData("{broken", "{broken ", true)]
    public void A_raw_body_is_compared_as_json_or_else_as_trimmed_text(string saved, string sent, bool equal)
    {
        var mock = Of(Example("e", "POST {{h}}/p", requestBody: Raw(saved)));

        Assert.Equal(equal, mock.Post("/p", sent, headers: Explicit).Winner is not null);
        Assert.Equal(equal ? 105 : 100, mock.Post("/p", sent).Score);
    }

    [Theory]
    [InlineData("a=1&b=x+y", true)]
    [InlineData("b=x%20y&a=1", true)]
    [InlineData("a=1", false)]
    [InlineData("a=1&b=x+y&b=x+y", false)]
    public void A_form_is_compared_as_a_multiset_of_its_fields(string sent, bool equal)
    {
        var mock = Of(Example("e", "POST {{h}}/p", requestBody: new ExampleBody.Form([new Field("a", "1"), new Field("b", "x y")], Multipart: false)));

        Assert.Equal(equal, mock.Post("/p", sent, "application/x-www-form-urlencoded", Explicit).Winner is not null);
    }

    [Fact]
    public void A_multipart_form_is_compared_by_its_text_fields_and_files_are_left_out()
    {
        var mock = Of(Example("e", "POST {{h}}/p", requestBody: new ExampleBody.Form([new Field("a", "1")], Multipart: true)));
        const string Body = "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\n\r\nbytes\r\n--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--XX--\r\n";

        Assert.Equal("e", mock.Post("/p", Body, "multipart/form-data; boundary=\"XX\"", Explicit).Winner);
        Assert.True(mock.Post("/p", "a=1", "application/x-www-form-urlencoded", Explicit).IsNotFound);
        Assert.True(mock.Post("/p", Body, "multipart/form-data", Explicit).IsNotFound);
    }

    [Theory]
    [InlineData("form-data; name=a", true)]
    [InlineData("form-data; NAME=\"a\"", true)]
    [InlineData("form-data;name=a ; x=y", true)]
    [InlineData("form-data; name=\"a;b\"", false)]
    [InlineData("form-data; name=a; filename=x.png", false)]
    [InlineData("form-data; name=a; filename*=UTF-8''x.png", false)]
    [InlineData("form-data; title=\"; name=b\"; name=a", true)]
    public void A_part_of_a_multipart_form_is_named_with_or_without_quotes(string disposition, bool equal)
    {
        var mock = Of(Example("e", "POST {{h}}/p", requestBody: new ExampleBody.Form([new Field("a", "1")], Multipart: true)));

        var call = mock.Post("/p", $"--XX\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: {disposition}\r\n\r\n1\r\n--XX--\r\n", "multipart/form-data; boundary=XX", Explicit);

        Assert.Equal(equal, call.Winner is not null);
    }

    [Theory]
    [InlineData("filename")]
    [InlineData("my-filename.txt")]
    public void A_text_field_may_have_a_name_like_that_of_a_file(string name)
    {
        var mock = Of(Example("e", "POST {{h}}/p", requestBody: new ExampleBody.Form([new Field(name, "1")], Multipart: true)));

        Assert.Equal("e", mock.Post("/p", $"--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n1\r\n--XX--\r\n", "multipart/form-data; boundary=XX", Explicit).Winner);
    }

    [Theory]
    [InlineData("a --XX b")]
    [InlineData("a--XX--")]
    [InlineData("a\r\n--XXL\r\nb")]
    public void Only_a_line_of_its_own_delimits_the_parts_of_a_multipart_form(string value)
    {
        var mock = Of(Example("e", "POST {{h}}/p", body: "{{$body 'a'}}", requestBody: new ExampleBody.Form([new Field("a", value)], Multipart: true)));

        var call = mock.Post("/p", $"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n{value}\r\n--XX--\r\n", "multipart/form-data; boundary=XX", Explicit);

        Assert.Equal(("e", value), (call.Winner, call.Body));
    }

    [Theory]
    [InlineData("""{"query":"{ pets  { id } }"}""", "anonymous")]
    [InlineData("""{"query":"{\n pets { id }\n}","variables":null,"operationName":"Other"}""", "anonymous")]
    [InlineData("""{"variables":{"n":2,"m":1},"query":"query Q { pets }","operationName":"Q"}""", "named")]
    [InlineData("""{"query":"query Q { pets }","variables":{"m":1,"n":3},"operationName":"Q"}""", null)]
    [InlineData("""{"query":"query Q { pets }","variables":{"m":1,"n":2}}""", null)]
    public void A_graphql_call_is_compared_by_document_variables_and_operation(string sent, string? winner)
    {
        var mock = Of(
            Example("anonymous", "POST {{h}}/graphql", requestBody: new ExampleBody.GraphQL("{ pets { id } }", "", null)),
            Example("named", "POST {{h}}/graphql", requestBody: new ExampleBody.GraphQL("query Q { pets }", """{"m":1,"n":2}""", "Q")));

        Assert.Equal(winner, mock.Post("/graphql", sent, headers: Explicit).Winner);
    }

    [Fact]
    public void A_file_equals_nothing() =>
        Assert.True(Of(Example("e", "POST {{h}}/p", requestBody: new ExampleBody.File())).Post("/p", "x", headers: Explicit).IsNotFound);

    [Fact]
    public void Two_empty_bodies_are_equal_when_compared_and_earn_no_bonus()
    {
        var mock = Of(Example("e", "GET {{h}}/p"));

        Assert.Equal(100, mock.Get("/p").Score);
        Assert.Equal("e", mock.Get("/p", Explicit).Winner);
        Assert.True(mock.Send("GET", "/p", Explicit, "x").IsNotFound);
    }

    [Theory]
    [InlineData("""{"name":"Ann","age":{{age}},"tag":"v-{{tag}}!"}""", """{"tag":"v-1!","age":41,"name":"Ann"}""", "41/1")]
    [InlineData("""{"name":"Ann","age":"{{age}}","tag":"{{tag}}"}""", """{"name":"Ann","age":{"y":1},"tag":"t"}""", """{"y":1}/t""")]
    [InlineData("""{"name":"Ann","age":"{{age}}","tag":"{{tag}}"}""", """{"name":"Bob","age":1,"tag":2}""", null)]
    [InlineData("""{"name":"Ann","age":"{{age}}","tag":"v-{{tag}}"}""", """{"name":"Ann","age":1,"tag":2}""", null)]
    public void A_wildcard_in_a_json_body_takes_any_value_and_captures_it(string saved, string sent, string? answer)
    {
        var mock = Of(Example("e", "POST {{h}}/p", body: "{{age}}/{{tag}}", requestBody: Raw(saved))).With(new MatchingSpec { Body = BodyMatching.Exact });

        var call = mock.Post("/p", sent);

        Assert.Equal(answer, call.Winner is null ? null : call.Body);
    }

    [Theory]
    [InlineData("""{"a":"{{x}}","b":1}""", """{"a":"leaked","b":2}""")]
    [InlineData("""[["{{x}}",1],2]""", """[["leaked",1],3]""")]
    [InlineData("""{"a":"{{x}}","b":"v-{{x}}"}""", """{"a":"leaked","b":"w"}""")]
    public void A_body_that_does_not_fit_captures_nothing(string saved, string sent)
    {
        var mock = Of(Example("e", "POST {{h}}/p", body: "{{x}}", requestBody: Raw(saved)));

        Assert.Equal("{{x}}", mock.Post("/p", sent).Body);
    }

    [Theory]
    [InlineData("""{"name":"Ann","more":true,"tags":["a","b","c"]}""", true)]
    [InlineData("""{"tags":["a","c"],"name":"Ann"}""", true)]
    [InlineData("""{"tags":["c","a"],"name":"Ann"}""", false)]
    [InlineData("""{"tags":["a"],"name":"Ann"}""", false)]
    [InlineData("not json", false)]
    [InlineData("", false)]
    public void A_subset_leaves_out_what_the_example_does_not_say(string sent, bool fits)
    {
        var mock = Of(Example("e", "POST {{h}}/p", requestBody: Raw("""{"name":"Ann","tags":["a","c"]}"""))).With(new MatchingSpec { Body = BodyMatching.Subset });

        Assert.Equal(fits, mock.Post("/p", sent).Winner is not null);
    }

    [Fact]
    public void A_subset_of_a_form_may_lack_fields_and_an_empty_body_is_a_subset_of_all()
    {
        var mock = Of(
            Example("form", "POST {{h}}/p", requestBody: new ExampleBody.Form([new Field("a", "1")], Multipart: false)),
            Example("none", "POST {{h}}/q")).With(new MatchingSpec { Body = BodyMatching.Subset });

        Assert.Equal("form", mock.Post("/p", "b=2&a=1", "application/x-www-form-urlencoded").Winner);
        Assert.True(mock.Post("/p", "b=2", "application/x-www-form-urlencoded").IsNotFound);
        Assert.Equal("none", mock.Post("/q", "anything").Winner);
    }

    [Theory]
    [InlineData("yes", 100)]
    [InlineData(" FALSE ", 100)]
    [InlineData(" True ", null)]
    public void Only_true_and_false_switch_body_matching(string value, int? score)
    {
        var call = Users().Post("/users", """{"name":"Zed"}""", headers: new Headers { { "X-Mock-Match-Request-Body", value } });

        Assert.Equal(score, call.Winner is null ? null : (int)call.Score);
    }

    [Fact]
    public void Deep_nesting_is_compared_as_text_and_breaks_nothing()
    {
        var deep = new string('[', 5000) + new string(']', 5000);
        var mock = Of(Example("e", "POST {{h}}/p", requestBody: Raw(deep)));

        Assert.Equal("e", mock.Post("/p", deep, headers: Explicit).Winner);
        Assert.True(mock.Post("/p", deep + "x", headers: Explicit).IsNotFound);
    }
}
