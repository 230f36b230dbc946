using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Exposure;

/// <summary>Whether the HTTPRoute of a server takes a CORS filter is found out by a dry run, before there is a route that would go without.</summary>
public sealed class CorsFilterTrialTests : IAsyncLifetime
{
    private const string Gateway = """ "gateway": {"parentRefs": [{"name": "edge"}], "hostnames": ["pets.example.com"]} """;
    private const string Cors = """ "cors": {"at": "Ingress", "allowOrigins": ["https://app.example.com"], "allowHeaders": ["X-A"]} """;
    private const string Write = "PATCH httproutes/routed-mock";

    private readonly FakeCluster _cluster = new() { HasGatewayApi = true };
    private readonly FakeKubelet _kubelet;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly ConcurrentQueue<JsonObject> _trials = new();
    private RunningOperator? _operator;

    public CorsFilterTrialTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_filter_that_the_server_keeps_is_applied_as_it_was_tried_and_not_tried_again()
    {
        AnswerTrials(static route => route);
        Mock($"{{{Gateway}, {Cors}}}");
        await ExposedAsync("Unknown", "RoutePending");
        Assert.NotNull(FilterOf(Assert.Single(_trials)));
        Assert.True(JsonNode.DeepEquals(FilterOf(_trials.Single()), FilterOf(Route()!)));

        // Looked at again for another reason: what is there is known to have its filter.
        _cluster.Put("gateways", "edge", [], JsonNode.Parse("""{"addresses": [{"value": "192.0.2.1"}]}""")!.AsObject());
        _cluster.Put("httproutes", "routed-mock", [], Accepted());
        await ExposedAsync("True", "RouteAccepted");
        Assert.Single(_trials);
        Assert.Single(_cluster.Writes, Write);
    }

    [Fact]
    public async Task A_server_that_drops_the_filter_gets_no_route()
    {
        AnswerTrials(WithoutFilter);
        Mock($"{{{Gateway}, {Cors}}}");

        JsonNode told = await ExposedAsync("False", "CorsNotExpressible");

        Assert.Contains("set cors.at to Runtime", (string?)told["message"], StringComparison.Ordinal);
        Assert.Null(Route());
        Assert.DoesNotContain(Write, _cluster.Writes);
    }

    [Fact]
    public async Task A_route_that_stands_goes_when_its_rules_need_a_filter_that_the_server_drops()
    {
        AnswerTrials(WithoutFilter);
        Mock($"{{{Gateway}}}");
        await ExposedAsync("Unknown", "RoutePending");
        Assert.Empty(_trials);

        Mock($"{{{Gateway}, {Cors}}}");

        await ExposedAsync("False", "CorsNotExpressible");
        await TrueAsync(() => Route() is null);
        Assert.Single(_cluster.Writes, Write);
    }

    [Theory]
    [InlineData(422, "Invalid", "HTTPRoute.gateway.networking.k8s.io \"routed-mock\" is invalid: spec.rules[0].filters[0].type: Unsupported value: \"CORS\"", "CorsNotExpressible")]
    [InlineData(400, "BadRequest", "strict decoding error: unknown field \"spec.rules[0].filters[0].cors\"", "CorsNotExpressible")]
    [InlineData(422, "Invalid", "HTTPRoute.gateway.networking.k8s.io \"routed-mock\" is invalid: spec.parentRefs[0].name: Too long", "RouteRefused")]
    [InlineData(400, "BadRequest", "the body does not fit the schema", "RouteRefused")]
    public async Task What_the_server_says_of_the_trial_is_quoted(int code, string reason, string message, string told)
    {
        AnswerTrials(_ => Status(code, reason, message));
        Mock($"{{{Gateway}, {Cors}}}");

        JsonNode condition = await ExposedAsync("False", told);

        Assert.Contains(message, (string?)condition["message"], StringComparison.Ordinal);
        Assert.Null(Route());
    }

    [Theory]
    [InlineData(503, "ServiceUnavailable", "try again")]
    [InlineData(500, "InternalError", "cors: no answer")]
    [InlineData(403, "Forbidden", "may not patch")]
    [InlineData(400, "BadRequest", "admission webhook \"cors.example.com\" denied the request: no cors today")]
    public async Task A_trial_that_fails_says_nothing_of_the_filter_and_is_made_again(int code, string reason, string message)
    {
        AnswerTrials(_ => Status(code, reason, message));
        Mock($"{{{Gateway}, {Cors}}}");
        await TrueAsync(() => _trials.Count > 2);
        Assert.Null(Route());
        Assert.NotEqual("CorsNotExpressible", (string?)Exposed()?["reason"]);

        AnswerTrials(static route => route);

        await ExposedAsync("Unknown", "RoutePending");
        Assert.NotNull(FilterOf(Route()!));
    }

    private static JsonNode? FilterOf(JsonObject route) => route["spec"]?["rules"]?[0]?["filters"]?[0]?["cors"];

    // As a server does whose schema has filters, but no such field in them.
    private static JsonObject WithoutFilter(JsonObject route)
    {
        route["spec"]!["rules"]![0]!["filters"]![0]!.AsObject().Remove("cors");
        return route;
    }

    private static JsonObject Accepted() => JsonNode.Parse("""
        {"parents": [{"parentRef": {"name": "edge"}, "conditions": [{"type": "Accepted", "status": "True", "reason": "Accepted", "message": "said by the test"}]}]}
        """)!.AsObject();

    private static JsonObject Status(int code, string reason, string message) =>
        new() { ["kind"] = "Status", ["status"] = "Failure", ["code"] = code, ["reason"] = reason, ["message"] = message };

    private void AnswerTrials(Func<JsonObject, JsonObject> answer) => _cluster.Tried = (_, route) =>
    {
        _trials.Enqueue(route.DeepClone().AsObject());
        return answer(route);
    };

    private void Mock(string spec)
    {
        JsonObject whole = JsonNode.Parse(spec)!.AsObject();
        whole["collection"] = JsonNode.Parse("""{"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}""");
        _cluster.Put("mockservers", "routed", new JsonObject { ["spec"] = whole });
    }

    private JsonObject? Route() => _cluster.Find("httproutes", "routed-mock");

    private JsonNode? Exposed() =>
        (_cluster.Find("mockservers", "routed")?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Exposed");

    private async Task<JsonNode> ExposedAsync(string status, string reason)
    {
        await TrueAsync(() => Exposed() is { } condition && (string?)condition["status"] == status && (string?)condition["reason"] == reason);
        return Exposed()!;
    }

    private Task TrueAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return condition();
        },
        () => $"{_cluster.Find("mockservers", "routed")?.ToJsonString() ?? "(none)"}\n{string.Join('\n', _cluster.Requests)}");
}
