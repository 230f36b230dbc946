using System.Collections.Frozen;
using System.Text;
using CsCheck;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Matching;

/// <summary>Random collections and calls, drawn from few words so that they meet.</summary>
internal static class Generated
{
    private const string Uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    private const string OtherUuid = "9E107D9D-372B-4B6C-8D1F-9A0B1C2D3E4F";

    private static readonly Gen<string> s_savedSegment = Gen.Frequency(
        (12, Gen.OneOf("users", "Users", "orders", "1", "42", Uuid, "employees")),
        (6, Gen.OneOf("{{id}}", "{{x}}", "{{ id }}", "{{$guid}}")),
        (2, Gen.OneOf(":id", ":id.json", ":known", ":", ":.x")),
        (2, Gen.OneOf("", "pre-{{x}}", "a%20b", "a%2Fb", "%zz", "5.json", "{{}}", "{{base}}")));

    private static readonly Gen<string> s_sentSegment = Gen.Frequency(
        (12, Gen.OneOf("users", "Users", "USERS", "orders", "1", "42", "7", Uuid, OtherUuid, "employees")),
        (3, Gen.OneOf("employes", "emploiees", "order", "user", "usres", "5.json", "6.JSON", ".json")),
        (2, Gen.OneOf("", "a b", "a%20b", "a%2fb", "a+b", "%zz", "%", "%E4%BD%A0", "%7B%7Bid%7D%7D", "{{id}}", ":id", "fixed")));

    private static readonly Gen<string> s_key = Gen.OneOf("a", "b", "c", "d", "A", "e%20f");
    private static readonly Gen<string> s_savedValue = Gen.OneOf("1", "2", "x", "", "{{v}}", "x+y", "x%20y", "{{w}}", "v{{v}}");
    private static readonly Gen<string> s_sentValue = Gen.OneOf("1", "2", "x", "", "3", "x+y", "x%20y", "%zz", "X");

    private static readonly Gen<string> s_json = Gen.OneOf(
        """{"a":1,"b":[1,2]}""", """{ "b" : [1, 2.0], "a" : 1e0 }""", """{"a":1,"b":[2,1]}""", """{"a":"{{n}}"}""", """{"a":"z"}""", """{"a":{"c":null}}""", "[1,2]", "[1,5,2]", "[]", "{}", "null", "\"\\u0041\"", "\"A\"",
        """{"a":{"c":null},"d":true}""", "{\"a\":");

    private static readonly Gen<string> s_text = Gen.OneOf("hello", " hello\r\n", "a\r\nb", "a\nb", "", "  ");

    private static readonly Gen<string> s_form = Gen.OneOf("a=1&b=2", "b=2&a=1", "a=1", "a=1&a=1", "a=x+y", "a=x%20y&", "filename=1", "a=1&my-filename=2");

    private static readonly Gen<string> s_call = Gen.OneOf(
        """{"query":"{ a }"}""", """{"query":"{\n a  }","variables":{}}""", """{"query":"{ a }","variables":{"v":1},"operationName":"Q"}""", """{"query":"{ a }","variables":null,"operationName":"Q"}""");

    private static readonly Gen<ExampleBody> s_savedBody = Gen.Frequency(
        (4, Gen.Const(ExampleBody.None)),
        (4, s_json.Select(text => (ExampleBody)new ExampleBody.Raw(text))),
        (2, s_text.Select(text => (ExampleBody)new ExampleBody.Raw(text))),
        (2, Gen.Select(s_form, Gen.Bool, (text, multipart) => (ExampleBody)new ExampleBody.Form([.. Fields(text)], multipart))),
        (2, Gen.Select(Gen.OneOf("{ a }", "{\r\n\ta }", "{ b }"), Gen.OneOf<string?>(null, "{}", """{"v":1}""", """{"v":"{{x}}"}""", "null"), Gen.OneOf<string?>(null, "Q"),
            (query, variables, name) => (ExampleBody)new ExampleBody.GraphQL(query, variables, name))),
        (1, Gen.Const((ExampleBody)new ExampleBody.File())));

    private static readonly Gen<(string Body, string? Type)> s_sentBody = Gen.Frequency(
        (4, Gen.Const(("", (string?)null))),
        (4, s_json.Select(text => (text, (string?)"application/json"))),
        (2, s_text.Select(text => (text, (string?)"text/plain"))),
        (2, s_form.Select(text => (text, (string?)"application/x-www-form-urlencoded"))),
        (2, Gen.Select(s_form, Gen.OneOf("\"", ""), Gen.OneOf("", "", "; filename=x.png", "; filename=\"name=a\"")).Select((text, quote, file) => (Multipart(text, quote, file), (string?)"multipart/form-data; boundary=B"))),
        (2, s_call.Select(text => (text, (string?)"application/json"))));

    public static Gen<MatchingSpec> Matching(bool strict) => Gen.Select(
        Gen.Frequency((4, Gen.Const(BodyMatching.Ignore)), (1, Gen.Const(BodyMatching.Exact)), (1, Gen.Const(BodyMatching.Subset))),
        Gen.Frequency((5, Gen.Const(true)), (1, Gen.Const(false))),
        Gen.Frequency((5, Gen.Const(true)), (1, Gen.Const(false))),
        Gen.Bool,
        Gen.Frequency((4, Gen.Const(Array.Empty<string>())), (1, Gen.Const(new[] { "X-A" }))),
        (body, query, wildcards, fuzzy, headers) => new MatchingSpec
        {
            Mode = strict ? MatchingMode.Strict : MatchingMode.Postman,
            Body = body,
            QueryParams = query,
            Wildcards = wildcards,
            Fuzzy = fuzzy,
            Headers = headers,
        });

    /// <summary>Few paths, many examples of each: the larger the collection, the larger its groups.</summary>
    public static Gen<IReadOnlyList<Example>> Examples { get; } =
        from paths in s_savedSegment.Array[0, 4].Array[1, 4]
        from examples in Gen.Select(Gen.Int[0, paths.Length - 1], Rest).Array[1, 60]
        select (IReadOnlyList<Example>)[.. examples.Select((pair, index) => pair.Item2(paths[pair.Item1], index))];

    /// <summary>One path, and so few keys and values that many queries are nearly alike.</summary>
    public static Gen<IReadOnlyList<Example>> DenseExamples { get; } =
        from queries in Gen.Select(Gen.OneOf("a", "b", "c", "d", "e"), Gen.OneOf("1", "2", "3", "{{v}}")).Array[0, 3].Array[20, 80]
        from ids in Gen.Int[0, 999].Array[queries.Length]
        from statuses in Gen.OneOf(200, 404).Array[queries.Length]
        select (IReadOnlyList<Example>)[.. queries.Select((query, index) => new Example
        {
            Id = ids[index].ToString(),
            Name = "",
            Path = $"item[{index}]",
            Request = new ExampleRequest
            {
                Url = new ExampleUrl { Host = "{{h}}", Path = ["x", "{{id}}"], Query = [.. query.Select(pair => new QueryParameter(pair.Item1, pair.Item2))] },
            },
            Response = new ExampleResponse { Status = statuses[index] },
        })];

    /// <summary>A call of <see cref="DenseExamples"/>.</summary>
    public static Gen<CallOf> DenseCall { get; } =
        from length in Gen.Frequency((4, Gen.Int[0, 5]), (1, Gen.Int[6, 40]))
        from query in Gen.Select(Gen.OneOf("a", "b", "c", "d"), Gen.OneOf("1", "2", "3", "4")).Array[length]
        from code in Gen.OneOf<string?>(null, null, "404")
        select new CallOf("GET", "/x/7?" + string.Join('&', query.Select(pair => $"{pair.Item1}={pair.Item2}")), "", null, (code, null, null, null, null, null));

    public static Gen<CallOf> Call { get; } =
        from method in Gen.OneOf("GET", "GET", "GET", "POST", "get", "HEAD", "PUT")
        from path in s_sentSegment.Array[0, 4]
        from query in Gen.Frequency((1, Gen.Const("")), (3, Query(5)), (1, Query(60)))
        from body in s_sentBody
        from headers in Gen.Select(
            Gen.Frequency((6, Gen.Const((string?)null)), (1, Gen.OneOf<string?>("200", "404", " 201 ", "x", "99999999999"))),
            Gen.Frequency((9, Gen.Const((string?)null)), (1, Gen.OneOf<string?>("3", "77-3", "nobody"))),
            Gen.Frequency((9, Gen.Const((string?)null)), (1, Gen.OneOf<string?>("n1", " n2 ", "n9"))),
            Gen.Frequency((4, Gen.Const((string?)null)), (1, Gen.OneOf<string?>("true", "false"))),
            Gen.Frequency((4, Gen.Const((string?)null)), (1, Gen.OneOf<string?>("X-A", "x-a, ,X-B", ""))),
            Gen.OneOf<string?>(null, "1", "v", "V"))
        select new CallOf(method, "/" + string.Join('/', path) + query, body.Body, body.Type, headers);

    private static Gen<Func<string[], int, Example>> Rest =>
        from method in Gen.OneOf("GET", "GET", "GET", "GET", "POST", "HEAD")
        from pad in Gen.OneOf("", "", "", "/", "//")
        from query in Gen.Select(s_key, s_savedValue).Array[0, 4]
        from status in Gen.OneOf(200, 200, 201, 404)
        from id in Gen.Int[0, 99]
        from name in Gen.OneOf("n1", "n2", "n3")
        from body in s_savedBody
        from header in Gen.OneOf<string?>(null, "1", "V")
        select new Func<string[], int, Example>((path, index) => new Example
        {
            Id = id.ToString(),
            Name = name,
            Path = $"item[{index}]",
            Request = new ExampleRequest
            {
                Method = method,
                Url = new ExampleUrl
                {
                    Host = "{{h}}",
                    Path = [.. path, .. pad.Select(_ => "")],
                    Query = [.. query.Select(pair => new QueryParameter(pair.Item1, pair.Item2))],
                    PathVariables = new Dictionary<string, string> { ["known"] = "fixed" }.ToFrozenDictionary(),
                },
                Headers = header is null ? [] : [new Field("X-A", header)],
                Body = body,
            },
            Response = new ExampleResponse { Status = status, Text = Encoding.UTF8.GetBytes($"{index}") },
        });

    private static Gen<string> Query(int longest) =>
        Gen.Select(s_key, s_sentValue).Array[0, longest].Select(pairs => "?" + string.Join('&', pairs.Select(pair => $"{pair.Item1}={pair.Item2}")));

    /// <summary>A form in parts, the last of which may be a file.</summary>
    private static string Multipart(string form, string quote, string file)
    {
        var fields = Fields(form).ToArray();
        return string.Concat(fields.Select((field, index) =>
            $"--B\r\nContent-Disposition: form-data; name={quote}{field.Name}{quote}{(index == fields.Length - 1 ? file : "")}\r\n\r\n{field.Value}\r\n")) + "--B--\r\n";
    }

    private static IEnumerable<Field> Fields(string form) => form.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(piece => piece.Split('='))
        .Select(pair => new Field(pair[0], Uri.UnescapeDataString(pair[1].Replace('+', ' '))));

    /// <summary>A call.</summary>
    public sealed record CallOf(string Method, string Target, string Body, string? ContentType, (string? Code, string? Id, string? Name, string? MatchBody, string? MatchHeaders, string? A) Selects)
    {
        public Headers Headers()
        {
            var headers = new Headers();
            Add("x-mock-response-code", Selects.Code);
            Add("x-mock-response-id", Selects.Id);
            Add("x-mock-response-name", Selects.Name);
            Add("x-mock-match-request-body", Selects.MatchBody);
            Add("x-mock-match-request-headers", Selects.MatchHeaders);
            Add("X-A", Selects.A);
            Add("Content-Type", ContentType);
            return headers;

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    headers.Add(name, value);
                }
            }
        }
    }
}
