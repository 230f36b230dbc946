using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Kubernetes.Tests.Yaml;

public sealed class YamlWriterTests
{
    private static readonly string[] s_words =
        ["Yes", "NULL", "0o7", "+1", "-.INF", "---", "...", "<<", "=", "1:2", "2026-11-27T06:30:00Z", "a\n b\n", "a\n\n", "#x", "? x", "|", "a\r\nb"];

    [Theory]
    [InlineData("""{"a":1,"b":[1,"x",{"c":null}],"d":{},"e":[]}""", "a: 1\nb:\n- 1\n- x\n- c: null\nd: {}\ne: []\n")]
    [InlineData("""{"a":"yes","b":"n","c":"017","d":"1_000","e":"null","f":"","g":"~","h":".inf","i":"1e3","j":"0x10"}""", "a: \"yes\"\nb: \"n\"\nc: \"017\"\nd: \"1_000\"\ne: \"null\"\nf: \"\"\ng: \"~\"\nh: \".inf\"\ni: \"1e3\"\nj: \"0x10\"\n")]
    [InlineData("""{"a":"2026-11-27","b":"12:30:45","c":"10.0.0.1","d":"v1.2","e":"3 pods"}""", "a: \"2026-11-27\"\nb: \"12:30:45\"\nc: \"10.0.0.1\"\nd: v1.2\ne: 3 pods\n")]
    [InlineData("""{"a":"x: y","b":"x #y","c":"- x","d":"{{id}}","e":"a:b","f":"*","g":"http://x/y?z=1","h":"-x","i":"@x","j":"x:"}""", "a: \"x: y\"\nb: \"x #y\"\nc: \"- x\"\nd: \"{{id}}\"\ne: a:b\nf: \"*\"\ng: http://x/y?z=1\nh: -x\ni: \"@x\"\nj: \"x:\"\n")]
    [InlineData("""{"a":"one\ntwo\n","b":"one\ntwo","c":"one\n\n\n","d":"\none","e":" one\ntwo","f":"tab\there"}""", "a: |\n  one\n  two\nb: |-\n  one\n  two\nc: |+\n  one\n\n\nd: \"\\none\"\ne: \" one\\ntwo\"\nf: \"tab\\there\"\n")]
    [InlineData("""[[1,2],[],[{"a":"x\ny"}]]""", "- - 1\n  - 2\n- []\n- - a: |-\n      x\n      y\n")]
    [InlineData("""{"true":1,"x y":2,"":3}""", "\"true\": 1\nx y: 2\n\"\": 3\n")]
    [InlineData("""{"a":"é ü 日本 😀","b":"\u0007\u0085\u2028\ufeff"}""", "a: \"é ü 日本 😀\"\nb: \"\\u0007\\u0085\\u2028\\ufeff\"\n")]
    [InlineData("\"alone\"", "alone\n")]
    public void JSON_becomes_YAML(string json, string yaml) => Assert.Equal(yaml, Write(json));

    [Fact]
    public void Whatever_is_written_is_read_again_as_it_was()
    {
        var text = Gen.OneOf(
            Gen.String[Gen.Char["yn~-:#{}[]&*!|>'\"%@`=<, .\n\t 0179xe_TZ\u0085\u2028é"], 0, 12],
            Gen.Int[0, s_words.Length - 1].Select(i => s_words[i]),
            Gen.String[Gen.Char['\u0001', '\uD7FF'], 0, 8]);
        var value = Gen.Recursive<JsonNode?>((depth, inner) => depth > 4
            ? text.Select(t => (JsonNode?)JsonValue.Create(t))
            : Gen.OneOf(
                text.Select(t => (JsonNode?)JsonValue.Create(t)),
                Gen.Int.Select(i => (JsonNode?)JsonValue.Create(i)),
                Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
                Gen.Const((JsonNode?)null),
                inner.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
                Gen.Select(text, inner).Array[0, 3].Select(members => (JsonNode?)Map(members))));
        value.Sample(
            node =>
            {
                var json = node?.ToJsonString() ?? "null";
                var yaml = Write(json);
                Assert.True(YamlDocuments.TryRead(new StringReader(yaml), out var documents, out var problem), $"{problem}\n{yaml}");
                var read = documents.Count == 0 ? null : JsonNode.Parse(documents[0].Json.Span);
                Assert.True(JsonNode.DeepEquals(node is null ? null : JsonNode.Parse(json), read), $"{json}\n{yaml}\n{read?.ToJsonString()}");
            },
            iter: 3000);
    }

    [Fact]
    public void A_name_with_an_asterisk_is_read_again_with_what_stands_below_it()
    {
        var yaml = Write("""{"a": {"all *": {"b": "c *"}}}""");

        Assert.True(YamlDocuments.TryRead(new StringReader(yaml), out var documents, out var problem), $"{problem}\n{yaml}");
        Assert.Equal("c *", (string?)JsonNode.Parse(documents[0].Json.Span)!["a"]!["all *"]!["b"]);
    }

    private static JsonObject Map((string Name, JsonNode? Value)[] members)
    {
        var map = new JsonObject();
        foreach (var (name, value) in members)
            map[name] = value?.DeepClone();
        return map;
    }

    private static string Write(string json)
    {
        using var output = new StringWriter();
        YamlWriter.Write(output, Encoding.UTF8.GetBytes(json));
        return output.ToString();
    }
}
