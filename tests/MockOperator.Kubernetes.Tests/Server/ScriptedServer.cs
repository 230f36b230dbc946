using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using k8s;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Tests.Server;

/// <summary>An API server that answers as a script says: each request takes the next step of its lane; the last step of a lane repeats.</summary>
internal sealed class ScriptedServer
{
    public static readonly JsonSerializerOptions Json = ApiJson.Create(WidgetJson.Default, SourceGenerationContext.Default);

    private readonly ConcurrentDictionary<TransportLane, (List<Step> Steps, int Next)> _script = new();
    private readonly Lock _lock = new();

    public delegate Task<HttpResponseMessage> Step(HttpRequestMessage request, CancellationToken cancellationToken);

    public ConcurrentQueue<Seen> Requests { get; } = new();

    public ApiTransport Transport(bool http2 = false) => new(new Uri("http://server.test"), lane => new Handler(this, lane), http2: http2);

    public ScriptedServer OnUnary(params Step[] steps) => On(TransportLane.Unary, steps);

    public ScriptedServer OnWatch(params Step[] steps) => On(TransportLane.Watch, steps);

    public IReadOnlyList<Seen> Lists => [.. Requests.Where(r => r.Lane == TransportLane.Unary)];

    public IReadOnlyList<Seen> Watches => [.. Requests.Where(r => r.Lane == TransportLane.Watch)];

    public static Step Answer(string body, HttpStatusCode code = HttpStatusCode.OK, TimeSpan? retryAfter = null) => (_, _) =>
    {
        var response = new HttpResponseMessage(code) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = new(wait);
        return Task.FromResult(response);
    };

    public static Step Status(HttpStatusCode code, string reason, string message = "", TimeSpan? retryAfter = null) =>
        Answer($$"""{"kind":"Status","status":"Failure","code":{{(int)code}},"reason":"{{reason}}","message":{{JsonSerializer.Serialize(message)}}}""", code, retryAfter);

    public static Step List(string version, string? next, params Widget[] items) => Answer(ListBody(version, next, items.Select(ToJson)));

    public static Step Refused() => (_, _) => throw new HttpRequestException("Connection refused");

    public static Step Hang() => async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("Never reached.");
    };

    public static Step Stream(WatchBody body) => (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(body.Opened()) });

    public static string ListBody(string version, string? next, IEnumerable<string> items)
    {
        var more = next is null ? "" : $",\"continue\":\"{next}\"";
        return $$$"""{"kind":"WidgetList","apiVersion":"example.test/v1","metadata":{"resourceVersion":"{{{version}}}"{{{more}}} },"items":[{{{string.Join(',', items)}}}]}""";
    }

    public static string ToJson(Widget widget) => JsonSerializer.Serialize(widget, Json);

    public static string Event(string type, Widget widget) => $$"""{"type":"{{type}}","object":{{ToJson(widget)}}}""" + "\n";

    public static string Bookmark(string version) =>
        "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Widget\",\"apiVersion\":\"example.test/v1\",\"metadata\":{\"resourceVersion\":\"" + version + "\"}}}\n";

    public static string ErrorEvent(int code, string reason) =>
        $$$"""{"type":"ERROR","object":{"kind":"Status","status":"Failure","code":{{{code}}},"reason":"{{{reason}}}","message":"too old"}}""" + "\n";

    private ScriptedServer On(TransportLane lane, Step[] steps)
    {
        lock (_lock)
        {
            var before = _script.TryGetValue(lane, out var known) ? known : ([], 0);
            _script[lane] = ([.. before.Steps, .. steps], before.Next);
        }

        return this;
    }

    private Step Next(TransportLane lane)
    {
        lock (_lock)
        {
            var (steps, next) = _script[lane];
            _script[lane] = (steps, Math.Min(next + 1, steps.Count));
            return steps[Math.Min(next, steps.Count - 1)];
        }
    }

    public sealed record Seen(TransportLane Lane, HttpMethod Method, string PathAndQuery, string Body, string? ContentType, string Accept);

    private sealed class Handler(ScriptedServer server, TransportLane lane) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            server.Requests.Enqueue(new Seen(
                lane, request.Method, request.RequestUri!.PathAndQuery, body, request.Content?.Headers.ContentType?.MediaType, string.Join(',', request.Headers.Accept)));
            return await server.Next(lane)(request, cancellationToken);
        }
    }
}
