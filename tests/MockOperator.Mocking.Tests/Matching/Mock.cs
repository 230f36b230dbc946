using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Tests.Matching;

/// <summary>A mock in a test: examples in a few words, and calls with what came of them.</summary>
internal sealed class Mock
{
    private readonly List<Example> _examples = [];
    private readonly List<ExampleRequest> _unanswered = [];
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private MockPlanOptions _options = new();
    private MockPlan? _plan;

    public MockPlan Plan => _plan ??= MockPlan.Compile(
        new LoadedCollection { Examples = [.. _examples], RequestsWithoutExample = [.. _unanswered.Select(static request => new UnansweredRequest(request, VariableScope.Empty))] },
        _environment,
        _options);

    public IReadOnlyList<Example> Examples => _examples;

    public MockPlanOptions Options => _options;

    public static Mock Of(params Example[] examples)
    {
        var mock = new Mock();
        mock._examples.AddRange(examples);
        return mock;
    }

    /// <summary>An example: <c>"GET {{h}}/users?page=1"</c>. Its id is its name unless given.</summary>
    public static Example Example(
        string id,
        string request,
        int status = 200,
        string? body = null,
        string? name = null,
        ExampleBody? requestBody = null,
        (string, string)[]? headers = null,
        (string, string)[]? responseHeaders = null,
        (string, string)[]? variables = null,
        string? language = null,
        int? delay = null) => new()
        {
            Id = id,
            Name = name ?? id,
            Path = $"item.{id}",
            Request = Request(request, requestBody, headers, variables),
            Response = new ExampleResponse
            {
                Status = status,
                Text = Encoding.UTF8.GetBytes(body ?? id),
                Headers = [.. (responseHeaders ?? []).Select(header => new Field(header.Item1, header.Item2))],
                PreviewLanguage = language,
                DelayMilliseconds = delay,
            },
        };

    public static ExampleRequest Request(string request, ExampleBody? body = null, (string, string)[]? headers = null, (string, string)[]? variables = null)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        var url = request[(space + 1)..];
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? null : url[(question + 1)..];
        url = question < 0 ? url : url[..question];
        var slash = url.IndexOf('/', StringComparison.Ordinal);
        return new ExampleRequest
        {
            Method = request[..space],
            Url = new ExampleUrl
            {
                Host = slash < 0 ? url : url[..slash],
                Path = slash < 0 ? [] : [.. url[(slash + 1)..].Split('/')],
                Query = query is null ? [] : [.. query.Split('&').Select(Parameter)],
                PathVariables = (variables ?? []).ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2),
            },
            Headers = [.. (headers ?? []).Select(header => new Field(header.Item1, header.Item2))],
            Body = body ?? ExampleBody.None,
        };
    }

    public static ExampleBody Raw(string text) => new ExampleBody.Raw(text);

    public static Mock Users() => Of(
        Example("u1", "GET {{h}}/users", 200, """[{"id":1}]""", "List users"),
        Example("u2", "GET {{h}}/users/1", 200, """{"id":1,"who":"fixed"}""", "Get user 1"),
        Example("u3", "GET {{h}}/users/{{userId}}", 200, """{"id":"{{userId}}"}""", "Any user"),
        Example("u4", "GET {{h}}/users/{{userId}}", 404, """{"error":"none"}""", "No user"),
        Example("u5", "GET {{h}}/users/{{userId}}/orders/{{orderId}}", 200, """{"u":"{{userId}}","o":"{{orderId}}"}""", "Order"),
        Example("u6", "POST {{h}}/users", 201, """{"created":"Ann"}""", "Create Ann", Raw("""{"name":"Ann"}""")),
        Example("u7", "POST {{h}}/users", 201, """{"created":"Bob"}""", "Create Bob", Raw("""{"name":"Bob"}""")));

    public Mock With(MatchingSpec matching)
    {
        _options = _options with { Matching = matching };
        return this;
    }

    public Mock With(Func<MockPlanOptions, MockPlanOptions> change)
    {
        _options = change(_options);
        return this;
    }

    public Mock WithVariable(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public Mock WithUnanswered(params string[] requests)
    {
        _unanswered.AddRange(requests.Select(request => Request(request)));
        return this;
    }

    public Call Get(string target, Headers? headers = null) => Send("GET", target, headers);

    public Call Post(string target, string body, string? contentType = "application/json", Headers? headers = null) => Send("POST", target, headers, body, contentType);

    public Call Send(string method, string target, Headers? headers = null, string? body = null, string? contentType = null)
    {
        headers ??= [];
        if (contentType is not null)
        {
            headers.Add("Content-Type", contentType);
        }

        var request = new MockRequest(method, target, headers, Encoding.UTF8.GetBytes(body ?? ""));
        var result = Plan.Match(request);
        if (!result.HasResponse)
        {
            var error = new ArrayBufferWriter<byte>();
            Plan.WriteError(result, Plan.FindNearest(request, result), error);
            return new Call(result, 404, Encoding.UTF8.GetString(error.WrittenSpan), ImmutableArray<(string, string)>.Empty);
        }

        var context = new RenderContext(request, result.Captures, ValueSource.Seeded(1, TimeProvider.System));
        var text = new ArrayBufferWriter<byte>();
        result.Response.WriteBody(text, ref context);
        var sent = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var header in result.Response.Headers)
        {
            sent.Add((header.Name, header.Render(ref context)));
        }

        return new Call(result, result.Response.Status, Encoding.UTF8.GetString(text.WrittenSpan), sent.ToImmutable());
    }

    public MatchExplanation Explain(string method, string target, Headers? headers = null, string body = "") =>
        Plan.Explain(new MockRequest(method, target, headers ?? Headers.None, Encoding.UTF8.GetBytes(body)));

    private static QueryParameter Parameter(string piece)
    {
        var equals = piece.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new QueryParameter(piece, null) : new QueryParameter(piece[..equals], piece[(equals + 1)..]);
    }

    /// <summary>What came of a call.</summary>
    public sealed record Call(MatchResult Result, int Status, string Body, ImmutableArray<(string Name, string Value)> Headers)
    {
        public string? Winner => Result.Response?.ExampleId;

        public double Score => Result.Score;

        public bool IsNotFound => Result.Outcome == MatchOutcome.NoMatch && Status == 404
            && JsonDocument.Parse(Body).RootElement.GetProperty("error").GetProperty("header").GetString() == "No matching requests";

        public string? Header(string name) => Headers.Where(header => header.Name == name).Select(header => header.Value).FirstOrDefault();
    }
}
