using System.Text;

namespace MockOperator.Mocking.Tests.Templating;

public sealed class RequestHelperTests
{
    private const string Order =
        """{"user":{"name":"Ann","tags":["x","y"]},"a.b":"dotted","n":1.50,"t":true,"none":null,"items":[{"id":7},{"id":8}],"say":"a \"b\" \u00e9\n\ud83d\ude00"}""";

    [Theory]
    [InlineData("{{$body 'user.name'}}", "Ann")]
    [InlineData("{{$body \"user.name\"}}", "Ann")]
    [InlineData("{{ $body  'user.name' }}", "Ann")]
    [InlineData("{{$body user.name}}", "Ann")]
    [InlineData("{{$body 'user.tags.1'}}", "y")]
    [InlineData("{{$body 'user.tags[1]'}}", "y")]
    [InlineData("{{$body 'items[1].id'}}", "8")]
    [InlineData("{{$body 'items.0.id'}}", "7")]
    [InlineData(@"{{$body 'a\.b'}}", "dotted")]
    [InlineData("{{$body 'a.b' '-'}}", "-")]
    [InlineData("{{$body 'n'}}", "1.50")]
    [InlineData("{{$body 't'}}", "true")]
    [InlineData("{{$body 'none' 'x'}}", "null")]
    [InlineData("{{$body 'user'}}", """{"name":"Ann","tags":["x","y"]}""")]
    [InlineData("{{$body 'items'}}", """[{"id":7},{"id":8}]""")]
    [InlineData("{{$body 'say'}}", "a \"b\" é\n😀")]
    [InlineData("{{$body}}", Order)]
    [InlineData("{{$body ''}}", Order)]
    public void A_body_value_is_inserted_as_it_is(string text, string expected) => Assert.Equal(expected, Rendering.OfBody(Order).Render(text));

    [Theory]
    [InlineData("{{$body 'missing'}}", "")]
    [InlineData("{{$body 'user.name.first'}}", "")]
    [InlineData("{{$body 'items.2' 'none'}}", "none")]
    [InlineData("{{$body 'items.-1' 'none'}}", "none")]
    [InlineData("{{$body 'items.99999999999' 'none'}}", "none")]
    [InlineData("{{$body 'x' 'O'Neil'}}", "O'Neil")]
    [InlineData(@"{{$body 'x' 'it\'s'}}", "it's")]
    [InlineData("{{$body 'x' '{\"a\":{\"b\":1}}'}}", "{\"a\":{\"b\":1}}")]
    [InlineData("{{$body 'x' {{$body 'user.name'}}}}", "Ann")]
    [InlineData("{{$body 'x' '{{city}} {{id}}'}}", "Oslo 5")]
    [InlineData("{{$body 'x' {{id}}}}", "5")]
    [InlineData("{{$body 'x' {{$headers 'h' {{$queryParams 'q' 'deep'}}}}}}", "deep")]
    public void Without_a_value_the_default_is_inserted_and_without_a_default_nothing(string text, string expected) =>
        Assert.Equal(expected, (Rendering.OfBody(Order) with { Variables = [("city", "Oslo")], Captures = [("id", "5")] }).Render(text));

    [Theory]
    [InlineData("{{$body 'x' $randomInt}}")]
    [InlineData("{{$body 'x' {{$randomInt}}}}")]
    [InlineData("{{$body 'x' '{{$randomInt}}'}}")]
    public void A_dynamic_variable_may_be_a_default(string text)
    {
        Assert.InRange(int.Parse(Rendering.OfBody("{}").Render(text)), 0, 1000);
        Assert.Equal("here", Rendering.OfBody("""{"x":"here"}""").Render(text));
    }

    [Theory]
    [InlineData("{{$body 'a' 'b' 'c'}}")]
    [InlineData("{{$body 'a'x}}")]
    [InlineData("{{$body 'a}}")]
    [InlineData("{{$bodyguard 'a'}}")]
    [InlineData("{{$headers}}")]
    [InlineData("{{$queryParams}}")]
    [InlineData("{{$pathSegments}}")]
    [InlineData("{{$body {{$headers 'a'}}}}")]
    public void What_is_no_helper_stays_text(string text)
    {
        Assert.Equal(text.Contains("$headers 'a'", StringComparison.Ordinal) ? "{{$body }}" : text, Rendering.OfBody("{}").Render(text));
    }

    [Theory]
    [InlineData(10, "1")]
    [InlineData(600, "{{$body 'a'}}")]
    public void After_four_million_characters_of_quotes_that_never_end_helpers_are_text(int quotes, string expected)
    {
        string opened = "{{$body '" + new string('x', 9000);
        string answer = Rendering.OfBody("""{"a":1}""").Render(string.Concat(Enumerable.Repeat(opened, quotes)) + "{{$body 'a'}}");
        Assert.Equal((opened.Length * quotes) + expected.Length, answer.Length);
        Assert.EndsWith(expected, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\":")]
    [InlineData("")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("<a>1</a>")]
    public void A_body_that_is_not_json_has_no_values(string body)
    {
        Rendering rendering = Rendering.OfBody(body);
        Assert.Equal("-", rendering.Render("{{$body 'a' '-'}}"));
        Assert.Equal(body.Length == 0 ? "-" : body, rendering.Render("{{$body '' '-'}}"));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("x\uFFFDy\uFFFD", Rendering.OfBody("""{"a":"x\ud800y\udc00"}""").Render("{{$body 'a'}}"));

    [Fact]
    public void A_body_nested_too_deep_has_no_values() =>
        Assert.Equal("-", Rendering.OfBody($"{{\"a\":{new string('[', 200)}{new string(']', 200)}}}").Render("{{$body 'a' '-'}}"));

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_body() => Assert.Equal("1", Rendering.OfBody("\uFEFF{\"a\":1}").Render("{{$body 'a'}}"));

    [Fact]
    public void A_body_over_four_mebibytes_is_echoed_but_not_taken_apart()
    {
        string body = $"{{\"a\":\"{new string('x', 4 * 1024 * 1024)}\"}}";
        Assert.Equal($"- {body}", Rendering.OfBody(body).Render("{{$body 'a' '-'}} {{$body}}"));
    }

    [Theory]
    [InlineData("{{$body 'name'}}", "Ann Lee")]
    [InlineData("{{$body 'city'}}", "Malmö")]
    [InlineData("{{$body 'ids'}}", "1")]
    [InlineData("{{$body 'ids.1'}}", "2")]
    [InlineData("{{$body 'ids[1]'}}", "2")]
    [InlineData("{{$body 'ids.2' '-'}}", "-")]
    [InlineData("{{$body 'a.b'}}", "dot")]
    [InlineData(@"{{$body 'a\.b'}}", "dot")]
    [InlineData("{{$body 'user[name]'}}", "Bo")]
    [InlineData("{{$body 'flag' '-'}}", "")]
    [InlineData("{{$body 'bad'}}", "100%")]
    public void Fields_of_an_urlencoded_form_are_found_by_name(string text, string expected) => Assert.Equal(
        expected,
        Rendering.OfBody("name=Ann+Lee&city=Malm%C3%B6&ids=1&ids=2&a.b=dot&user%5Bname%5D=Bo&flag&&bad=100%", "application/x-www-form-urlencoded; charset=utf-8").Render(text));

    [Theory]
    [InlineData("{{$body 'name'}}", "Ann\r\nLee")]
    [InlineData("{{$body 'empty' '-'}}", "")]
    [InlineData("{{$body 'photo' '-'}}", "-")]
    [InlineData("{{$body 'last'}}", "z")]
    public void Text_fields_of_a_multipart_form_are_found_by_name(string text, string expected)
    {
        const string Body = "preamble\r\n--B0\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\nLee\r\n"
            + "--B0\r\nContent-Type: image/png\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\nxyz\r\n"
            + "--B0\r\ncontent-disposition: form-data; name=empty\r\n\r\n\r\n--B0\r\nContent-Disposition: form-data; name=\"last\"\r\n\r\nz\r\n--B0--\r\n";
        Assert.Equal(expected, Rendering.OfBody(Body, "multipart/form-data; boundary=\"B0\"").Render(text));
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"")]
    [InlineData("multipart/form-data; boundary=other")]
    public void A_multipart_form_without_its_boundary_has_no_fields(string contentType) =>
        Assert.Equal("-", Rendering.OfBody("--B0\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B0--", contentType).Render("{{$body 'a' '-'}}"));

    [Theory]
    [InlineData("{{$queryParams 'p'}}", "a b/ö")]
    [InlineData("{{$queryParams 'n' 'none'}}", "none")]
    [InlineData("{{$queryParams 'empty' 'none'}}", "")]
    [InlineData("{{$queryParams 'id.1'}}", "2")]
    [InlineData("{{$pathSegments '0'}}", "product")]
    [InlineData("{{$pathSegments '1'}}", "12/345")]
    [InlineData("{{$pathSegments 2}}", "details")]
    [InlineData("{{$pathSegments '3' 'none'}}", "none")]
    [InlineData("{{$pathSegments 'x' 'none'}}", "none")]
    [InlineData("{{$headers 'X-Trace'}}", "t1, t2")]
    [InlineData("{{$headers 'x-trace'}}", "t1, t2")]
    [InlineData("{{$headers 'x-none' 'none'}}", "none")]
    public void Query_path_and_headers_are_read_from_the_request(string text, string expected) => Assert.Equal(
        expected,
        new Rendering { Target = "/product/12%2F345/details?p=a+b%2F%C3%B6&empty=&id=1&id=2", Headers = [("X-Trace", "t1"), ("x-trace", "t2")] }.Render(text));

    [Fact]
    public void The_key_of_a_private_mock_is_never_shown()
    {
        Rendering rendering = new() { Headers = [("X-Api-Key", "hidden"), ("X-Other", "seen")], WithheldHeader = "x-api-key" };
        Assert.Equal("- seen", rendering.Render("{{$headers 'X-API-KEY' '-'}} {{$headers 'x-other'}}"));
    }

    [Fact]
    public void Values_of_a_request_are_never_expanded()
    {
        Rendering rendering = Rendering.OfBody("""{"a":"{{city}} {{$guid}}"}""") with { Variables = [("city", "Oslo")], Captures = [("id", "{{city}}")] };
        Assert.Equal("{{city}} {{$guid}} {{city}}", rendering.Render("{{$body 'a'}} {{id}}"));
    }

    [Fact]
    public void Only_templates_with_a_body_helper_read_the_body()
    {
        Rendering rendering = new();
        Assert.True(rendering.Parse("{{$body 'a'}}").ReadsBody);
        Assert.True(rendering.Parse("{{$headers 'a' {{$body}}}}").ReadsBody);
        Assert.False(rendering.Parse("{{$headers 'a'}} {{$guid}} {{id}} $body").ReadsBody);
    }

    [Fact]
    public void A_repeated_body_ends_at_the_limit_and_literal_text_does_not()
    {
        string body = new('x', 3 * 1024 * 1024);
        Rendering rendering = new() { Body = Encoding.ASCII.GetBytes(body) };
        string answer = rendering.Render(string.Concat(Enumerable.Repeat("{{$body}}|", 100)) + "{{$randomInt}}end");
        Assert.Equal((5 * body.Length) + 100 + "end".Length, answer.Length);
        Assert.EndsWith("|end", answer, StringComparison.Ordinal);
    }
}
