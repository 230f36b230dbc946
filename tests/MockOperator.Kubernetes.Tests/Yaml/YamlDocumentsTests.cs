using System.Text;
using System.Text.Json;
using CsCheck;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Kubernetes.Tests.Yaml;

public sealed class YamlDocumentsTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: '1'", """{"a":"1"}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: -7", """{"a":-7}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: 1.2.3", """{"a":"1.2.3"}""")]
    [InlineData("a: 2026-11-22", """{"a":"2026-11-22"}""")]
    [InlineData("a: 12:30:45", """{"a":"12:30:45"}""")]
    [InlineData("a: true", """{"a":true}""")]
    [InlineData("a: no", """{"a":false}""")]
    [InlineData("a: y", """{"a":true}""")]
    [InlineData("a: N", """{"a":false}""")]
    [InlineData("a: Off", """{"a":false}""")]
    [InlineData("a: on", """{"a":true}""")]
    [InlineData("a: tRUE", """{"a":"tRUE"}""")]
    [InlineData("a: \"off\"", """{"a":"off"}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("a: 017", """{"a":15}""")]
    [InlineData("a: 0o17", """{"a":15}""")]
    [InlineData("a: 08", """{"a":8}""")]
    [InlineData("a: 0b101", """{"a":5}""")]
    [InlineData("a: -0b101", """{"a":-5}""")]
    [InlineData("a: 0X1F", """{"a":31}""")]
    [InlineData("a: -0x1F", """{"a":-31}""")]
    [InlineData("a: +0x10", """{"a":16}""")]
    [InlineData("a: 0x", """{"a":"0x"}""")]
    [InlineData("a: 0b", """{"a":"0b"}""")]
    [InlineData("a: 0o8", """{"a":"0o8"}""")]
    [InlineData("a: 1_000", """{"a":1000}""")]
    [InlineData("a: 1_0.5", """{"a":10.5}""")]
    [InlineData("a: _1", """{"a":"_1"}""")]
    [InlineData("a: 00", """{"a":0}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: 1.", """{"a":1}""")]
    [InlineData("a: .5", """{"a":0.5}""")]
    [InlineData("a: +.5", """{"a":0.5}""")]
    [InlineData("a: -0", """{"a":0}""")]
    [InlineData("a: 1e400", """{"a":"1e400"}""")]
    [InlineData("a: 18446744073709551615", """{"a":18446744073709551615}""")]
    [InlineData("a: 99999999999999999999", """{"a":1E+20}""")]
    [InlineData("a: -9223372036854775808", """{"a":-9223372036854775808}""")]
    [InlineData("a: .inf", null)]
    [InlineData("a: .nan", null)]
    [InlineData("a: !!str 5", """{"a":"5"}""")]
    [InlineData("a: !!int \"5\"", """{"a":5}""")]
    [InlineData("a: !!float 5", """{"a":5}""")]
    [InlineData("a: !!bool \"yes\"", """{"a":true}""")]
    [InlineData("a: !!int x", null)]
    [InlineData("a: !!int 5.0", null)]
    [InlineData("a: !!null \"\"", """{"a":null}""")]
    [InlineData("a: !foo 5", """{"a":"5"}""")]
    [InlineData("a: ! 5", """{"a":"5"}""")]
    [InlineData("a: !!binary aGVsbG8=", """{"a":"hello"}""")]
    [InlineData("1: a", """{"1":"a"}""")]
    [InlineData("yes: a", """{"true":"a"}""")]
    [InlineData("0x10: a", """{"16":"a"}""")]
    [InlineData("~: a", null)]
    [InlineData("\"yes\": a", """{"yes":"a"}""")]
    [InlineData("<<: {a: 1}\na: 2", """{"a":2}""")]
    [InlineData("a: 2\n<<: {a: 1}", """{"a":1}""")]
    [InlineData("<<: [{a: 1}, {a: 2, b: 3}]", """{"a":1,"b":3}""")]
    [InlineData("\"<<\": {a: 1}", """{"\u003C\u003C":{"a":1}}""")]
    [InlineData("x: &n {a: 1}\nz: {<<: *n, b: 2}", """{"x":{"a":1},"z":{"a":1,"b":2}}""")]
    [InlineData("<<: 5", null)]
    [InlineData("a: 1\na: 2", null)]
    [InlineData("1: a\n\"1\": b", null)]
    [InlineData("a: {{id}}x", null)]
    [InlineData("a: \"{{id}}\"", """{"a":"{{id}}"}""")]
    [InlineData("a: [1, {b: 2}, []]", """{"a":[1,{"b":2},[]]}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("x: &n {a: 1}\nz: *n", """{"x":{"a":1},"z":{"a":1}}""")]
    [InlineData("x: &n 1\nz: [*n, *n]", """{"x":1,"z":[1,1]}""")]
    [InlineData("z: *nowhere", null)]
    [InlineData("{a: b}: c", null)]
    [InlineData("a: [", null)]
    public void A_document_becomes_the_JSON_that_kubectl_makes_of_it(string yaml, string? json)
    {
        bool read = YamlDocuments.TryRead(new StringReader(yaml), out List<YamlDocument>? documents, out string? problem);
        Assert.Equal(json is not null, read);
        if (json is null)
        {
            Assert.StartsWith("line ", problem, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(json, Encoding.UTF8.GetString(Assert.Single(documents!).Json.Span));
        }
    }

    [Fact]
    public void Documents_are_kept_apart_and_empty_ones_left_out()
    {
        Assert.True(YamlDocuments.TryRead(new StringReader("---\na: 1\n---\n---\n# nothing\n---\nb: 2\n"), out List<YamlDocument>? documents, out _));
        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], documents.Select(static document => Encoding.UTF8.GetString(document.Json.Span)));
    }

    [Fact]
    public void Aliases_cannot_blow_up()
    {
        var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int level = 1; level < 12; level++)
        {
            yaml.Append($"a{level}: &a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        Assert.False(YamlDocuments.TryRead(new StringReader(yaml.ToString()), out _, out string? problem));
        Assert.Contains("too large", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.False(YamlDocuments.TryRead(new StringReader(new string('[', 100_000)), out _, out string? problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void JSON_is_YAML() => Gen.String.Sample(text =>
    {
        string json = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = text });
        Assert.True(YamlDocuments.TryRead(new StringReader(json), out List<YamlDocument>? documents, out string? problem), problem);
        using JsonDocument read = JsonDocument.Parse(documents[0].Json);
        using JsonDocument written = JsonDocument.Parse(json);
        Assert.Equal(written.RootElement.GetProperty("text").GetString(), read.RootElement.GetProperty("text").GetString());
    });

    [Fact]
    public void A_tag_that_is_no_URI_is_refused_like_any_other_fault()
    {
        Assert.False(YamlDocuments.TryRead(new StringReader("a: 1\nb: !!]"), out _, out string? problem));
        Assert.StartsWith("line 2, column ", problem, StringComparison.Ordinal);
        Assert.Contains("URI", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_the_parser_gives_no_value_is_refused()
    {
        Assert.False(YamlDocuments.TryRead(new StringReader(" :  c6^UM475:>!q4i:>.\"J8I?h$oH["), out _, out string? problem));
        Assert.Contains("A key has no value", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    public async Task A_directive_without_an_end_comes_to_an_end(int length)
    {
        // One of these lengths is the parser's own measure; a search for its own end would never come back.
        string text = "%ODD " + new string('x', length - 5);

        Task<bool> reading = Task.Run(() => YamlDocuments.TryRead(new StringReader(text), out _, out _), TestContext.Current.CancellationToken);

        await reading.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void No_text_makes_it_throw() => Gen.OneOf(Gen.String, Gen.String["-:[]{}&*!|>'\"%@#, \n\tab01"]).Sample(static text =>
    {
        bool read = YamlDocuments.TryRead(new StringReader(text), out _, out string? problem);
        Assert.True(read || problem is not null);
    });
}
