using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using MockOperator.Client.Collections;
using MockOperator.Client.Documents;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Client.Tests.Collections;

public class ExampleInsertionTests
{
    private static readonly Gen<string> s_indent = OneOf("", "\t", "  ", "    ");
    private static readonly Gen<string> s_text = Gen.String[Gen.Char["ab é\"\\/{}[],:"], 0, 12];
    private static readonly Gen<string> s_path = Gen.Select(OneOf("pets", "a", ":id", "{{id}}"), OneOf("", "/1", "/:x", "/b"), static (one, two) => $"/{one}{two}");

    [Fact]
    public void It_joins_the_request_of_its_method_and_path()
    {
        var changed = Added(Exports.Small, Example("Max", "GET", "/pets/:other"));

        var responses = JsonNode.Parse(changed)!["item"]![0]!["item"]![0]!["response"]!.AsArray();
        Assert.Equal(["Rex", "None", "Max"], responses.Select(static one => (string?)one!["name"]));
        Assert.Equal("https://pets.example.com/pets/:other", (string?)responses[2]!["originalRequest"]!["url"]!["raw"]);
    }

    [Fact]
    public void It_joins_a_request_that_its_path_is_an_instance_of()
    {
        var changed = JsonNode.Parse(Added(Exports.Small, Example("Gone", "DELETE", "/pets/17")))!;
        Assert.Equal("Gone", (string?)changed["item"]![0]!["item"]![2]!["response"]![0]!["name"]);
    }

    [Fact]
    public void It_fills_a_list_that_is_empty()
    {
        var changed = Added(Exports.Small, Example("Made", "POST", "/pets"));

        Assert.Equal("Made", (string?)JsonNode.Parse(changed)!["item"]![0]!["item"]![1]!["response"]![0]!["name"]);
        Assert.Contains("\t\t\t\t\t\"response\": [\n\t\t\t\t\t\t{\n\t\t\t\t\t\t\t\"name\": \"Made\",", changed, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_such_a_request_a_new_one_is_added_at_the_end()
    {
        var changed = JsonNode.Parse(Added(Exports.Small, Example("Owners", "GET", "/owners")))!;

        Assert.Equal(2, changed["item"]!.AsArray().Count);
        Assert.Equal("GET /owners", (string?)changed["item"]![1]!["name"]);
    }

    [Fact]
    public void What_a_variable_of_a_host_may_stand_for_does_not_move_the_example()
    {
        const string Document = """
            {"variable":[{"key":"baseUrl","value":"https://x/v1"}],"item":[{"name":"a","request":{"method":"GET","url":{"raw":"{{baseUrl}}/pets","host":["{{baseUrl}}"],"path":["pets"]}},"response":[]}]}
            """;
        var added = CollectionReader.ReadPostman(Encoding.UTF8.GetBytes(Added(Document, Example("New", "GET", "/pets"))));

        Assert.Equal("", Assert.Single(added.Examples).Request.Url.Host);
    }

    [Theory]
    [InlineData("Rex", "The collection has an example 'Rex' already.")]
    public void A_name_that_is_taken_is_refused(string name, string expected)
    {
        var refused = Assert.Throws<DocumentException>(() => Added(Exports.Small, Example(name, "GET", "/pets/2")));
        Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name": "old", "requests": []}""", "Postman's old format v1")]
    [InlineData("""{"values": []}""", "no collection of Postman's format v2")]
    [InlineData("""{"item": [}""", "no JSON: line 1, byte 10")]
    public void What_cannot_be_added_to_is_told(string document, string expected)
    {
        var refused = Assert.Throws<DocumentException>(() => Added(document, Example("New", "GET", "/")));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_byte_stays_and_the_example_is_served() =>
        Gen.Select(Documents(), s_path, OneOf("GET", "POST"), s_text).Sample(static (document, path, method, body) =>
        {
            var example = Example("the new one", method, path, body);
            var changed = Added(document, example);

            var (start, end) = Difference(document, changed);
            // What was taken out of an empty list is white space between its brackets, and nothing else.
            Assert.Equal("", document[start..end].Trim());
            var before = CollectionReader.ReadPostman(Encoding.UTF8.GetBytes(document));
            var after = CollectionReader.ReadPostman(Encoding.UTF8.GetBytes(changed));
            Assert.False(after.IsFatal);
            Assert.Equal(before.Examples.Length + 1, after.Examples.Length);
            var served = Assert.Single(after.Examples, static one => one.Name == "the new one");
            Assert.Equal(method, served.Request.Method);
            Assert.Equal(path, "/" + string.Join('/', served.Request.Url.Path));
            Assert.Equal(body, Encoding.UTF8.GetString((served.Response.Text ?? default).Span));
        });

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<string> Documents() =>
        Gen.Select(s_indent, Gen.Select(s_path, Gen.Int[-1, 2], Gen.Bool).Array[0, 4], s_text, Gen.Bool).Select(static (indent, requests, name, isWrapped) =>
        {
            var items = new JsonArray();
            foreach (var (path, responses, isFolder) in requests)
            {
                var item = new JsonObject { ["name"] = name, ["request"] = new JsonObject { ["method"] = "GET", ["url"] = new JsonObject { ["raw"] = "{{u}}" + path } } };
                if (responses >= 0)
                {
                    item["response"] = new JsonArray([.. Enumerable.Range(0, responses).Select(index => new JsonObject
                    {
                        ["name"] = $"{name}{index}",
                        ["originalRequest"] = new JsonObject { ["url"] = "http://h/" + index },
                        ["code"] = 200,
                        ["body"] = name,
                    })]);
                }

                items.Add(isFolder ? new JsonObject { ["name"] = "folder", ["item"] = new JsonArray(item) } : item);
            }

            JsonNode root = new JsonObject { ["info"] = new JsonObject { ["name"] = name }, ["item"] = items, ["other"] = JsonNode.Parse("[1.50, null, {\"a\": \"\\u00e9\"}]") };
            if (isWrapped)
                root = new JsonObject { ["collection"] = root };
            return root.ToJsonString(indent.Length == 0
                ? new()
                : new() { WriteIndented = true, IndentCharacter = indent[0], IndentSize = indent.Length, NewLine = "\n" });
        });

    /// <summary>The piece of the text before that is not in the text after.</summary>
    private static (int Start, int End) Difference(string before, string after)
    {
        var start = before.AsSpan().CommonPrefixLength(after);
        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)])
            end++;
        return (start, before.Length - end);
    }

    private static string Added(string document, ExampleSpec example) => Encoding.UTF8.GetString(ExampleInsertion.Add(Encoding.UTF8.GetBytes(document), example));

    private static ExampleSpec Example(string name, string method, string path, string body = "hello") =>
        new() { Name = name, Request = new() { Method = method, Path = path }, Response = new() { Status = 200, Body = body } };
}
