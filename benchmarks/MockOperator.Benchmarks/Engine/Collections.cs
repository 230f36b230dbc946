using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;

namespace MockOperator.Benchmarks.Engine;

/// <summary>Collections of any size.</summary>
internal static class Collections
{
    /// <summary>Examples of a REST API: a list, one by id and one by wildcard for each resource.</summary>
    public static MockPlan Api(int count) => Compile(Enumerable.Range(0, count).Select(static number => Example(
        number,
        (number % 3) switch
        {
            0 => [$"api", "v1", $"resource{number / 3}"],
            1 => [$"api", "v1", $"resource{number / 3}", "1"],
            _ => [$"api", "v1", $"resource{number / 3}", "{{id}}"],
        })));

    /// <summary>As many examples on one wildcard path, told apart by query, beside as many others.</summary>
    public static MockPlan OneShape(int count) => Compile(Enumerable.Range(0, 2 * count).Select(number => number % 2 == 0
        ? Example(number, ["users", "{{id}}", "orders"], [new QueryParameter("page", $"{number / 2}"), new QueryParameter("size", $"{number % 7}"), new QueryParameter("sort", "name")])
        : Example(number, ["other", $"resource{number}"])));

    /// <summary>As many examples on one wildcard path, told apart by one key.</summary>
    public static MockPlan OneKey(int count) => Compile(Enumerable.Range(0, count).Select(static number =>
        Example(number, ["items", "{{id}}"], [new QueryParameter("page", number.ToString(CultureInfo.InvariantCulture))])));

    /// <summary>As many examples on one path, each of which asks for one member of the body, and no more.</summary>
    public static MockPlan OneMember(int count) => Compile(
        Enumerable.Range(0, count).Select(static number => Example(number, ["orders"], body: new ExampleBody.Raw($$"""{"k{{number}}":{{number}}}"""))),
        new MatchingSpec { Body = BodyMatching.Subset });

    /// <summary>Examples whose paths are one word of eight letters.</summary>
    public static MockPlan Words(int count) => Compile(Enumerable.Range(0, count).Select(static number => Example(number, [Word(number)])));

    /// <summary>Examples whose paths are one word of 240 letters, few of them different.</summary>
    public static MockPlan LongWords(int count) => Compile(Enumerable.Range(0, count).Select(static number => Example(number, [LongWord(number)])));

    /// <summary>A word of eight letters, the same for the same number.</summary>
    public static string Word(int number)
    {
        var random = new Random(number);
        return string.Concat(Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26))));
    }

    /// <summary>A word of 240 letters.</summary>
    public static string LongWord(int number) => new string((char)('a' + (number % 26)), 232) + number.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>Examples on one path, each with a JSON body of its own of about 100 KB.</summary>
    public static MockPlan LargeBodies(int count) => Compile(
        Enumerable.Range(0, count).Select(static number => Example(number, ["orders"], body: new ExampleBody.Raw(LargeBody(number).ToJsonString()))),
        new MatchingSpec { Body = BodyMatching.Exact });

    /// <summary>A JSON body of about 100 KB.</summary>
    public static JsonObject LargeBody(int seed)
    {
        var items = new JsonArray();
        for (int number = 0; number < 780; number++)
        {
            items.Add(new JsonObject
            {
                ["id"] = (seed * 10_000) + number,
                ["name"] = $"Item number {number} of order {seed}",
                ["price"] = 12.5 + number,
                ["tags"] = new JsonArray("red", "large", $"t{number}"),
                ["available"] = number % 2 == 0,
                ["note"] = "as ordered",
            });
        }

        return new JsonObject { ["order"] = seed, ["items"] = items };
    }

    /// <summary>The same document with the members of every object in reverse order, and indented.</summary>
    public static byte[] Reordered(JsonNode node) => Encoding.UTF8.GetBytes(Reverse(node)!.ToJsonString());

    private static JsonNode? Reverse(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(static member => KeyValuePair.Create(member.Key, Reverse(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Reverse)]),
        _ => node?.DeepClone(),
    };

    private static MockPlan Compile(IEnumerable<Example> examples, MatchingSpec? matching = null) => MockPlan.Compile(
        new LoadedCollection { Examples = [.. examples] },
        new Dictionary<string, string>(StringComparer.Ordinal),
        new MockPlanOptions { Matching = matching });

    private static Example Example(int number, string[] path, QueryParameter[]? query = null, ExampleBody? body = null) => new()
    {
        Id = number.ToString("D8", CultureInfo.InvariantCulture),
        Name = $"Example {number}",
        Path = $"item[{number}].response[0]",
        Request = new ExampleRequest
        {
            Method = body is null ? "GET" : "POST",
            Url = new ExampleUrl { Host = "{{baseUrl}}", Path = [.. path], Query = [.. query ?? []] },
            Body = body ?? ExampleBody.None,
        },
        Response = new ExampleResponse { Text = Encoding.UTF8.GetBytes($$"""{"example":{{number}}}""") },
    };
}
