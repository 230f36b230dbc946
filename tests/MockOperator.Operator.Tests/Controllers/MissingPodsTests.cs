using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>What a mock says when it cannot have pods, or the operator cannot talk to them.</summary>
public sealed class MissingPodsTests : IAsyncDisposable
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningOperator? _operator;

    public MissingPodsTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        _cluster.Dispose();
    }

    [Fact]
    public async Task A_quota_that_refuses_pods_is_told_with_the_cure_and_heals()
    {
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);
        _kubelet.IsFrozen = true;
        Mock();
        await UntilAsync(() => _cluster.Find("deployments", "hello-mock") is not null);
        _cluster.Put("deployments", "hello-mock", [], new JsonObject
        {
            ["observedGeneration"] = 1,
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "ReplicaFailure",
                ["status"] = "True",
                ["reason"] = "FailedCreate",
                ["message"] = "pods \"hello-mock-0\" is forbidden: exceeded quota: small",
            }),
        });

        await UntilAsync(() => Reason() == "PodsRefused");
        Assert.Contains("exceeded quota: small; raise the ResourceQuota", Message(), StringComparison.Ordinal);

        _kubelet.Run("hello-mock");
        await UntilAsync(() => Reason() == "Serving");
    }

    [Fact]
    public async Task A_pod_that_waits_for_a_Secret_is_told_after_a_while_and_heals()
    {
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);
        _kubelet.State = new JsonObject
        {
            ["phase"] = "Pending",
            ["startTime"] = _clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = "runtime",
                ["image"] = "",
                ["imageID"] = "",
                ["ready"] = false,
                ["restartCount"] = 0,
                ["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ContainerCreating" } },
            }),
        };
        Mock(new JsonObject { ["from"] = new JsonArray(new JsonObject { ["secretRef"] = new JsonObject { ["name"] = "absent" } }) });

        await UntilAsync(() => Message().Contains("'absent'", StringComparison.Ordinal));
        Assert.Equal("PodsNotStarting", Reason());

        _kubelet.State = null;
        _cluster.Remove("pods", "hello-mock-0");
        _kubelet.Run("hello-mock");
        await UntilAsync(() => Reason() == "Serving");
    }

    [Fact]
    public async Task An_operator_without_a_usable_key_says_so_and_heals()
    {
        _cluster.Put("secrets", "mock-operator-control", [], ns: "default");
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock, hasKey: false);
        Mock();

        await UntilAsync(() => Reason() == "ControlKeyMissing");
        Assert.Contains("'mock-operator-control' in namespace 'default'", Message(), StringComparison.Ordinal);
        Assert.Null(_cluster.Find("deployments", "hello-mock"));

        await _operator.MountKeyAsync();
        await UntilAsync(() => Reason() == "Serving");
    }

    private void Mock(JsonObject? environment = null)
    {
        var spec = new JsonObject
        {
            ["collection"] = new JsonObject
            {
                ["examples"] = new JsonArray(new JsonObject { ["name"] = "/", ["request"] = new JsonObject { ["path"] = "/" }, ["response"] = new JsonObject { ["body"] = "hi" } }),
            },
        };
        if (environment is not null)
        {
            spec["environment"] = environment;
        }

        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = spec });
    }

    private string Reason() => (string?)Ready()?["reason"] ?? "";

    private string Message() => (string?)Ready()?["message"] ?? "";

    private JsonNode? Ready() =>
        (_cluster.Find("mockservers", "hello")?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready");

    private Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            return condition();
        },
        () => _cluster.Find("mockservers", "hello")?.ToJsonString() ?? "(none)");
}
