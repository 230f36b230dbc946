using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>
/// What an operator with a thousand mocks asks of the API server while nobody edits anything, though many of the mocks are broken, in all the ways that there are.
/// </summary>
public sealed class RestingOperatorTests : IAsyncLifetime
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(10);

    // Longer than the time between two looks at everything, so that it does not matter when those are.
    private static readonly TimeSpan s_rest = TimeSpan.FromHours(2);

    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly Dictionary<string, string> _expected = new(StringComparer.Ordinal);
    private RunningOperator? _operator;

    public RestingOperatorTests() => _kubelet = new FakeKubelet(_cluster);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        _cluster.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thousand_mocks_at_rest_cost_at_most_one_request_in_ten_seconds(bool hasOptionalKinds)
    {
        _cluster.HasGatewayApi = hasOptionalKinds;
        _cluster.GivesAddresses = false;
        if (hasOptionalKinds)
        {
            _cluster.Put("gateways", "up", new JsonObject { ["spec"] = new JsonObject { ["listeners"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = 80, ["protocol"] = "HTTP" }) } });
        }

        Populate(hasOptionalKinds);
        Assert.Equal(1000, _cluster.List("mockservers").Count);
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);
        await SettledAsync();
        // Waits grow with what they wait for: the hour after the first is like every other.
        await RestAsync(TimeSpan.FromHours(1));
        _cluster.Requests.Clear();

        await RestAsync(s_rest);

        int requests = _cluster.Requests.Count;
        string told = string.Join(", ", _cluster.Requests.GroupBy(static request => request, StringComparer.Ordinal).OrderByDescending(static group => group.Count()).Select(static group => $"{group.Key}: {group.Count()}"));
        TestContext.Current.SendDiagnosticMessage("requests in {0} h: {1} ({2})", s_rest.TotalHours, requests, told);
        Assert.True(requests <= s_rest / TimeSpan.FromSeconds(10), $"{requests} requests in {s_rest.TotalHours} h: {told}");
    }

    [Fact]
    public async Task A_thousand_quotas_at_rest_are_not_written_and_neither_are_their_mocks()
    {
        Many(1000, "counted", "Serving", static () => With("quota", new JsonObject { ["calls"] = 100, ["period"] = "Month" }));
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);
        await SettledAsync();
        await RestAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(1000, _cluster.List("mockquotas").Count(static quota => (long?)quota["status"]?["limit"] == 100));
        _cluster.Writes.Clear();

        int exchanges = _kubelet.Counting.Exchanges;

        // Many times what the books do by themselves: a report is ten seconds, a sweep thirty. The clock runs ahead of exchanges on a slow machine.
        TimeSpan rested = default;
        while (rested < TimeSpan.FromMinutes(30) || (rested < s_rest && _kubelet.Counting.Exchanges < exchanges + 5000))
        {
            await RestAsync(TimeSpan.FromMinutes(5));
            rested += TimeSpan.FromMinutes(5);
        }

        Assert.InRange(_kubelet.Counting.Exchanges - exchanges, 5000, int.MaxValue);
        Assert.Empty(_cluster.Writes);
    }

    /// <summary>Mocks of all conditions, and for each the reason that its <c>Ready</c> is to come to.</summary>
    private void Populate(bool hasOptionalKinds)
    {
        _cluster.Put("ingressclasses", "nginx", new JsonObject { ["spec"] = new JsonObject { ["controller"] = "k8s.io/ingress-nginx" } }, ns: "");
        _cluster.Put("collections", "petstore", new JsonObject { ["spec"] = new JsonObject { ["examples"] = Examples("pets") } });
        _cluster.Put("collections", "rubbish", new JsonObject { ["spec"] = new JsonObject { ["postman"] = new JsonObject { ["item"] = null } } });
        _cluster.Put("configmaps", "taken", new JsonObject { ["data"] = new JsonObject { ["other"] = "x" } });
        Many(60, "shared", "Serving", static () => new JsonObject { ["collectionRef"] = new JsonObject { ["name"] = "petstore" } });
        Many(40, "rubbish", "InvalidCollection", static () => new JsonObject { ["collectionRef"] = new JsonObject { ["name"] = "rubbish" } });
        Many(20, "empty", "NoExamples", static () => new JsonObject { ["collection"] = new JsonObject { ["postman"] = new JsonObject { ["item"] = new JsonArray() } } });
        Many(20, "lost", "CollectionNotFound", static () => new JsonObject { ["collectionRef"] = new JsonObject { ["name"] = "none" } });
        Many(20, "version", "VersionNotFound", static () => new JsonObject { ["collectionRef"] = new JsonObject { ["name"] = "petstore", ["version"] = "v9" } });
        Many(20, "key", "KeyNotFound", static () => new JsonObject { ["collection"] = new JsonObject { ["configMapKeyRef"] = new JsonObject { ["name"] = "taken", ["key"] = "none" } } });
        Many(20, "environment", "ConfigMapNotFound", static () =>
        {
            JsonObject spec = Embedded();
            spec["environment"] = new JsonObject { ["from"] = new JsonArray(new JsonObject { ["configMapRef"] = new JsonObject { ["name"] = "none" } }) };
            return spec;
        });
        Many(40, "invalid", "InvalidSpec", static () => new JsonObject());
        Many(20, "paused", "Paused", static () => With("replicas", 0));
        Conflicts("services", "taken-service", "");
        Conflicts("deployments", "taken-deployment", "-mock");
        Conflicts("configmaps", "taken-bundle", "-mock-bundle");
        Many(10, "denied", "Denied", Embedded);
        Many(10, "forbidden", "Forbidden", Embedded);
        Many(20, "gatewayed", hasOptionalKinds ? "Serving" : "GatewayApiAbsent", static () => With("gateway", new JsonObject { ["parentRefs"] = new JsonArray(new JsonObject { ["name"] = "up" }) }));
        _cluster.Written += Accept;
        Many(60, "ingress", "Serving", static () => With("ingress", new JsonObject { ["host"] = "mocks.example.com" }));
        Many(60, "routed", hasOptionalKinds ? "Serving" : "GatewayApiAbsent", Routed);
        Many(20, "cors", "Serving", static () => WithCors("nginx"));
        Many(20, "inexpressible", "CorsNotExpressible", static () => WithCors("other"));
        Many(20, "unpublished", "Serving", static () => With("publishUrl", new JsonObject { ["configMap"] = new JsonObject { ["name"] = "taken", ["key"] = "other" } }));
        Many(40, "private", "Serving", static () => With("private", true));
        Many(10, "keyless", "KeysUnavailable", static () => With("private", true));
        Many(40, "published", "Serving", static () => With("publishUrl", new JsonObject { ["configMap"] = new JsonObject { ["name"] = "urls", ["key"] = "URL" } }));
        Many(1000 - _expected.Count, "plain", "Serving", Embedded);
        for (int number = 0; number < 10; number++)
        {
            _kubelet.KeyProblems[string.Create(CultureInfo.InvariantCulture, $"keyless-{number}-mock-0")] = "there is no file";
        }

        _cluster.Deny = static write => write.StartsWith("PATCH deployments/denied-", StringComparison.Ordinal)
            ? new JsonObject { ["kind"] = "Status", ["code"] = 400, ["message"] = "admission webhook \"w.example.com\" denied the request: no" }
            : null;
        _cluster.Refuse = static write => write.StartsWith("PATCH deployments/forbidden-", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : null;
    }

    // Of the Gateways one is there, and has no address yet; the ingress controller gives no addresses.
    private void Accept(string plural, JsonObject written)
    {
        if (plural == "httproutes" && written["status"] is null && (string)written["metadata"]!["name"]! is { } route && route.StartsWith("gatewayed-", StringComparison.Ordinal))
        {
            _cluster.Put("httproutes", route, [], JsonNode.Parse("""{"parents": [{"parentRef": {"name": "up"}, "conditions": [{"type": "Accepted", "status": "True"}]}]}""")!.AsObject());
        }
    }

    private void Conflicts(string plural, string name, string suffix)
    {
        Many(10, name, "NameConflict", Embedded);
        for (int number = 0; number < 10; number++)
        {
            _cluster.Put(plural, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}{suffix}"), []);
        }
    }

    private void Many(int count, string name, string reason, Func<JsonObject> spec)
    {
        for (int number = 0; number < count; number++)
        {
            string mock = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
            _expected.Add(mock, reason);
            JsonObject own = spec();
            if (own["ingress"] is JsonObject ingress)
            {
                ingress["host"] = $"{mock}.example.com";
            }

            if (own["gateway"] is JsonObject gateway)
            {
                gateway["hostnames"] = new JsonArray($"{mock}.example.com");
            }

            if (own["publishUrl"]?["configMap"] is JsonObject target && (string?)target["name"] == "urls")
            {
                target["key"] = mock;
            }

            _cluster.Put("mockservers", mock, new JsonObject { ["spec"] = own });
        }
    }

    private async Task SettledAsync()
    {
        DateTime end = DateTime.UtcNow + TimeSpan.FromMinutes(3);
        while (true)
        {
            List<string> missing = [.. _expected.Where(pair => Reason(pair.Key) != pair.Value).Select(pair => $"{pair.Key}: {Reason(pair.Key) ?? "(none)"}, not {pair.Value}")];
            if (missing.Count == 0)
            {
                return;
            }

            Assert.True(DateTime.UtcNow < end, $"{missing.Count} mocks are not as they should be: {string.Join("; ", missing.Take(10))}");
            for (int steps = 0; steps < 20; steps++)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(250));
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }
    }

    private async Task RestAsync(TimeSpan time)
    {
        for (TimeSpan passed = default; passed < time; passed += s_step)
        {
            _clock.Advance(s_step);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private string? Reason(string mock) =>
        (string?)(_cluster.Find("mockservers", mock)?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready")?["reason"];

    private static JsonObject Embedded() => new() { ["collection"] = new JsonObject { ["examples"] = Examples("hi") } };

    private static JsonObject With(string field, JsonNode value)
    {
        JsonObject spec = Embedded();
        spec[field] = value;
        return spec;
    }

    private static JsonObject Routed() => With("gateway", new JsonObject { ["parentRefs"] = new JsonArray(new JsonObject { ["name"] = "edge" }) });

    private static JsonObject WithCors(string className)
    {
        JsonObject spec = With("ingress", new JsonObject { ["className"] = className });
        spec["cors"] = new JsonObject { ["at"] = "Ingress", ["allowHeaders"] = new JsonArray("X-A") };
        return spec;
    }

    private static JsonArray Examples(string body) =>
        [new JsonObject { ["name"] = "/hello", ["request"] = new JsonObject { ["path"] = "/hello" }, ["response"] = new JsonObject { ["body"] = body } }];
}
