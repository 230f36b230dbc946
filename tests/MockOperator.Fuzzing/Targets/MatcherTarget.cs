using MockOperator.Fuzzing.Engine;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Requests against the plans of the corpus, by every way of matching.</summary>
internal sealed class MatcherTarget : FuzzTarget
{
    private static readonly Dictionary<string, string> s_environment = new(StringComparer.Ordinal) { ["baseUrl"] = "https://host/v1", ["h"] = "host" };

    private static readonly byte[] s_own = SeedFiles.Text("""
        {"item":[
          {"response":[{"name":"one","code":200,"originalRequest":"GET","body":"{{id}}"},
            {"name":"wild","code":200,"originalRequest":{"method":"GET","url":"{{h}}/users/{{id}}/orders/:order.json?page={{page}}&a=1&a=2"},"header":[{"key":"X-Id","value":"{{id}} {{$headers 'x-a'}}"}],"body":"{{id}} {{order}} {{page}} {{$queryParams 'a'}} {{$pathSegments '1'}}"},
            {"name":"list","code":200,"originalRequest":{"method":"GET","url":"{{h}}/users?page=1&sort=name&x"},"body":"[]"},
            {"name":"id","code":200,"originalRequest":{"method":"GET","url":"{{h}}/items/5?page=1"},"body":"5"},
            {"name":"id7","code":404,"originalRequest":{"method":"GET","url":"{{h}}/items/7"},"body":"7"},
            {"name":"json","code":201,"originalRequest":{"method":"POST","url":"{{h}}/users","header":[{"key":"Content-Type","value":"application/json"}],"body":{"mode":"raw","raw":"{\"a\":\"{{x}}\",\"b\":[1,2.50,{\"c\":null}],\"d\":\"\\u00f6\"}"}},"body":"{{x}} {{$body 'a'}} {{$body 'b.2'}}"},
            {"name":"json2","code":201,"originalRequest":{"method":"POST","url":"{{h}}/users","body":{"mode":"raw","raw":"{\"a\":1,\"b\":1e3}"}},"body":"{{$body}}"},
            {"name":"form","code":200,"originalRequest":{"method":"POST","url":"{{h}}/form","body":{"mode":"urlencoded","urlencoded":[{"key":"a","value":"{{v}}"},{"key":"b","value":"2"}]}},"body":"{{v}} {{$body 'a'}}"},
            {"name":"multi","code":200,"originalRequest":{"method":"POST","url":"{{h}}/form","body":{"mode":"formdata","formdata":[{"key":"a","value":"1","type":"text"},{"key":"f","type":"file","src":"x"}]}},"body":"{{$body 'a'}}"},
            {"name":"graph","code":200,"originalRequest":{"method":"POST","url":"{{h}}/graphql","body":{"mode":"graphql","graphql":{"query":"query Q($i: ID!) { user(id: $i) { name } }","variables":"{\"i\":\"1\"}"}}},"body":"q"},
            {"name":"text","code":200,"originalRequest":{"method":"PUT","url":"{{h}}/text/","body":{"mode":"raw","raw":"Hello {{who}}, {{again}}!"}},"body":"{{who}}"}]},
          {"request":{"method":"GET","url":"{{h}}/bare/{{id}}"}}]}
        """);

    private readonly List<(MockPlan Plan, MockPlan Again)> _plans = [];

    /// <summary>Compiles the plans.</summary>
    public MatcherTarget()
    {
        MatchingSpec?[] rules =
        [
            null,
            new() { Body = BodyMatching.Exact },
            new() { Body = BodyMatching.Subset, Headers = ["X-A", "Content-Type"] },
            new() { Mode = MatchingMode.Strict, Body = BodyMatching.Exact, Wildcards = false },
            new() { Fuzzy = false },
        ];
        foreach (MatchingSpec? rule in rules)
        {
            foreach (byte[] document in (byte[][])[s_own, .. SeedFiles.Corpus("*v2.1.postman_collection.json")])
            {
                var options = new MockPlanOptions { Matching = rule };
                _plans.Add((MockPlan.ReadPostman(document, s_environment, options), MockPlan.ReadPostman(document, s_environment, options)));
            }
        }
    }

    /// <inheritdoc/>
    public override string Name => "matcher";

    /// <inheritdoc/>
    public override int MaxLength => 4 * 1024;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words =>
    [
        "GET /", "POST /", "HEAD /", "users", "/users/", "items/5", "orders", "?page=1", "&page=1", "&a=1", "x-mock-response-code: 404\n", "x-mock-response-name: one\n", "x-mock-response-id: a\n", "x-mock-match-request-body: true\n",
        "x-mock-match-request-headers: X-A\n", "Content-Type: application/json\n", "Content-Type: application/x-www-form-urlencoded\n", "Content-Type: multipart/form-data; boundary=b\n\n", "X-A: 1\n", "x-mock-seed: 1\n", "--b\r\n",
        "Content-Disposition: form-data; name=\"a\"\r\n\r\n", "name=a", "filename=\"x\"", "charset=utf-16", "%2e%2e", "%E2%82", ".json", "application/graphql", "\"query\":", "\"variables\":", "\"operationName\":",
    ];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => ((string[])
    [
        "0GET /users/1/orders/2.json?page=1&a=1&a=2\n\n",
        "1GET /users?page=1&sort=name&x\nx-mock-response-code: 200\nX-A: 1\n\n",
        "0POST /users\nContent-Type: application/json\nx-mock-match-request-body: true\n\n{\"a\":\"y\",\"b\":[1,2.5,{\"c\":null}],\"d\":\"ö\"}",
        "@POST /users\nContent-Type: application/json; charset=utf-8\n\n{\"a\":1,\"b\":1000}",
        "0POST /form\nContent-Type: application/x-www-form-urlencoded\n\na=1&b=2",
        "@POST /form\nContent-Type: multipart/form-data; boundary=b\n\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=f; filename=\"x\"\r\n\r\nz\r\n--b--\r\n",
        "8POST /graphql\nContent-Type: application/json\n\n{\"query\":\"query Q($i: ID!) { user(id: $i) { name } }\",\"variables\":{\"i\":\"1\"}}",
        "HPUT /text\n\nHello Ann, Bob!",
        "PGET /items/5?page=1\n\n",
        "XGET /v1/pets/1?status=available\nx-mock-response-name: one\n\n",
        "HHEAD /users/%C3%B6/orders/a%2Fb.JSON?page=%20&&=&x\nx-mock-match-request-headers: X-A,Content-Type\nX-A: 1\n\n",
    ]).Select(SeedFiles.Text);

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        if (input.Length > 0)
        {
            (MockPlan plan, MockPlan again) = _plans[input[0] % _plans.Count];
            Promises.Answer(plan, again, MadeUpRequest.Read(input.AsMemory(1)));
        }
    }
}
