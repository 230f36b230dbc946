using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>What policies of the cluster deny is told in their words, and comes about once they allow it, with no edit of the mock.</summary>
public sealed class DeniedMockTests : IAsyncLifetime
{
    private const string Words = "images of this registry are not allowed";

    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningOperator? _operator;

    public DeniedMockTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Theory]
    [InlineData(400, "", "admission webhook \"images.example.com\" denied the request: " + Words)]
    [InlineData(422, "Invalid", "deployments.apps \"hello-mock\" is forbidden: ValidatingAdmissionPolicy 'images' with binding 'images' denied request: " + Words)]
    [InlineData(403, "Forbidden", "deployments.apps \"hello-mock\" is forbidden: exceeded quota: " + Words)]
    public async Task A_policy_that_denies_a_child_is_quoted_and_the_mock_heals_when_it_is_relaxed(int code, string reason, string message)
    {
        _cluster.Deny = write => write == "PATCH deployments/hello-mock" ? Status(code, reason, message) : null;
        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = Embedded() });
        await ConditionAsync(ready => (string?)ready["reason"] == "Denied" && ((string)ready["message"]!).Contains(Words, StringComparison.Ordinal));

        _cluster.Deny = null;

        await ConditionAsync(static ready => (string?)ready["status"] == "True");
    }

    [Fact]
    public async Task A_child_whose_fields_are_invalid_waits_for_an_edit()
    {
        JsonObject invalid = Status(422, "Invalid", "Deployment.apps \"hello-mock\" is invalid: spec.template: Required value");
        JsonObject denied = Status(403, "Forbidden", Words);
        int tries = 0;
        int others = 0;
        _cluster.Deny = write => write switch
        {
            "PATCH deployments/hello-mock" when Interlocked.Increment(ref tries) > 0 => (JsonObject)invalid.DeepClone(),
            "PATCH deployments/denied-mock" when Interlocked.Increment(ref others) > 0 => (JsonObject)denied.DeepClone(),
            _ => null,
        };
        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = Embedded() });
        await ConditionAsync(static ready => (string?)ready["reason"] == "InvalidSpec");

        // One whose refusal may pass shows that the time for retries comes, and how many there would be.
        _cluster.Put("mockservers", "denied", new JsonObject { ["spec"] = Embedded() });
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref others) >= 7;
        });

        // Its ConfigMap and its ServiceAccount were written, and each comes back as a change that it is looked at for. No retry is among the looks.
        Assert.InRange(tries, 1, 3);
    }

    private static JsonObject Embedded() => new()
    {
        ["collection"] = new JsonObject
        {
            ["examples"] = new JsonArray(new JsonObject { ["name"] = "/hello", ["request"] = new JsonObject { ["path"] = "/hello" }, ["response"] = new JsonObject { ["body"] = "hi" } }),
        },
    };

    private static JsonObject Status(int code, string reason, string message) => new()
    {
        ["kind"] = "Status",
        ["status"] = "Failure",
        ["code"] = code,
        ["reason"] = reason,
        ["message"] = message,
        ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = "Required value", ["field"] = "spec.template" }) },
    };

    private Task ConditionAsync(Func<JsonNode, bool> holds) => Eventually.TrueAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            return (_cluster.Find("mockservers", "hello")?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready") is { } ready && holds(ready);
        },
        () => _cluster.Find("mockservers", "hello")?.ToJsonString() ?? "(none)");
}
