using System.Text;
using System.Text.Json;
using CsCheck;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Tests.Collections;

/// <summary>Whatever the bytes: no exception, no hang, no issue without a place and a known reason.</summary>
public sealed class HostileInputTests
{
    private static readonly byte[][] Documents = [.. Corpus.Collections.Concat(Corpus.Environments).Select(Corpus.Read)];

    private static readonly string[] Reasons =
        [.. typeof(LoadIssueReason).GetFields().Select(static field => (string)field.GetRawConstantValue()!)];

    private static readonly string[] Values =
    [
        "null", "true", "7", "-1", "1e999", "\"\"", "\"{{a}}\"", "\"\\ud800\"", "\"\\u0000\\r\\n\"", "[]", "{}", "[[]]", "[null,7,\"x\",{}]", "{\"key\":{},\"value\":[]}",
        "\"" + new string('a', 70_000) + "\"", new string('[', 200) + new string(']', 200),
    ];

    private static readonly Gen<byte[]> Document = OneOf(Documents);

    [Fact]
    public void Flipped_bytes_do_no_harm()
    {
        Gen.Select(Document, Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 20]).Sample(static (document, flips) =>
        {
            byte[] changed = [.. document];
            foreach ((int position, byte value) in flips)
            {
                changed[position % changed.Length] = value;
            }

            ReadAll(changed);
        });
    }

    [Fact]
    public void Truncation_does_no_harm()
    {
        Gen.Select(Document, Gen.Int[0, int.MaxValue]).Sample(static (document, length) => ReadAll(document.AsSpan(0, length % document.Length).ToArray()));
    }

    [Fact]
    public void Values_of_other_types_do_no_harm()
    {
        Gen.Select(Document, Gen.Select(Gen.Int[0, int.MaxValue], OneOf(Values)).Array[1, 4]).Sample(static (document, swaps) =>
        {
            string json = Encoding.UTF8.GetString(document);
            foreach ((int position, string value) in swaps)
            {
                json = Swap(json, position, value);
            }

            ReadAll(Encoding.UTF8.GetBytes(json));
        });
    }

    [Fact]
    public void Any_json_does_no_harm()
    {
        Gen<string> name = OneOf(
            "item", "requests", "request", "response", "responses", "originalRequest", "url", "raw", "path", "host", "query", "variable", "header", "body", "mode", "formdata",
            "graphql", "code", "stream", "data", "key", "value", "id", "name", "info", "schema", "collection", "folders", "order", "values", "environment", "x");
        Gen<string> leaf = OneOf(Values);
        Gen<string> json = Gen.Recursive<string>((depth, self) => depth > 6
            ? leaf
            : Gen.Frequency(
                (2, leaf),
                (2, self.Array[0, 4].Select(static elements => $"[{string.Join(',', elements)}]")),
                (4, Gen.Select(name, self).Array[0, 6].Select(static pairs => $"{{{string.Join(',', pairs.Select(static pair => $"\"{pair.Item1}\":{pair.Item2}"))}}}"))));

        json.Sample(static text => ReadAll(Encoding.UTF8.GetBytes($"{{\"item\":[{text}],\"x\":{text}}}")));
    }

    [Fact]
    public void Any_bytes_do_no_harm()
    {
        Gen.Byte.Array[0, 300].Sample(ReadAll);
    }

    [Fact]
    public void Texts_are_decoded_as_the_platform_decodes_them()
    {
        Gen.String.Sample(static text =>
        {
            string clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(clean);
            Assert.Equal(clean, JsonText.Decode(json.AsSpan(1, json.Length - 2), out bool repaired));
            Assert.False(repaired);
        });
    }

    [Fact]
    public void Walking_a_document_sees_what_the_platform_sees()
    {
        Document.Sample(static document =>
        {
            using JsonDocument expected = JsonDocument.Parse(document);
            JsonSource? source = JsonSource.Open(document, LoadLimits.Default, out _);
            Compare(expected.RootElement, source!.Root());
        });
    }

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static void Compare(JsonElement expected, DocumentNode actual)
    {
        Assert.Equal(expected.ValueKind, actual.Kind);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = new List<DocumentProperty>();
                foreach (DocumentProperty property in actual.Properties)
                {
                    properties.Add(property);
                }

                Assert.Equal(expected.EnumerateObject().Select(static property => property.Name), properties.Select(static property => property.Name()));
                foreach (JsonProperty property in expected.EnumerateObject())
                {
                    Compare(property.Value, actual[property.Name]);
                }

                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (DocumentNode element in actual.Elements)
                {
                    Compare(expected[index++], element);
                }

                Assert.Equal(expected.GetArrayLength(), index);
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.Decode(out _));
                break;
            default:
                Assert.Equal(expected.GetRawText(), actual.RawText());
                break;
        }
    }

    private static void ReadAll(byte[] document)
    {
        LoadedCollection collection = CollectionReader.ReadPostman(document);
        LoadedEnvironment environment = PostmanEnvironmentReader.Read(document);

        Assert.All(collection.Issues.Concat(environment.Issues), static issue =>
        {
            Assert.NotEmpty(issue.Path);
            Assert.Contains(issue.Reason, Reasons);
            Assert.InRange(issue.Message.Length, 10, 400);
        });
        Assert.True(collection.IssueCount >= collection.Issues.Length);
        Assert.Equal(collection.Examples.Length, collection.Examples.Select(static example => example.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(collection.Examples, static example =>
        {
            Assert.InRange(example.Response.Status, 200, 599);
            Assert.NotEmpty(example.Path);
            Assert.All(example.Response.Headers, static header => Assert.DoesNotContain(header.Name + header.Value, static character => character is '\r' or '\n' or '\0'));
            Assert.All(example.Request.Url.Path, static segment => Assert.False(segment.Contains('/', StringComparison.Ordinal) && !segment.Contains("{{", StringComparison.Ordinal)));
        });
    }

    /// <summary>Puts a value in the place of the nth property's value, where that is a whole line.</summary>
    private static string Swap(string json, int position, string value)
    {
        string[] lines = json.Split('\n');
        int line = position % lines.Length;
        int colon = lines[line].IndexOf("\": ", StringComparison.Ordinal);
        if (colon < 0 || lines[line].EndsWith('{') || lines[line].EndsWith('['))
        {
            return json;
        }

        lines[line] = $"{lines[line][..(colon + 3)]}{value}{(lines[line].EndsWith(',') ? "," : "")}";
        return string.Join('\n', lines);
    }
}
