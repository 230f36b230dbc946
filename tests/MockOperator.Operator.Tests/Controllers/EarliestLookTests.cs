using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>Of several things that a mock waits for, the one that is due first brings it back.</summary>
public sealed class EarliestLookTests : IAsyncLifetime
{
    // Longer than the first wait of whatever is refused, and much shorter than what the other has come to wait by then.
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(5);

    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningOperator? _operator;

    public EarliestLookTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_mock_whose_keys_are_waited_for_for_half_an_hour_tries_its_published_URL_again_soon()
    {
        _kubelet.KeyProblems["hello-mock-0"] = "there is no file";
        Mock("""{"private": true}""");

        // Two seconds doubled ten times are 34 minutes, and one nudge may have been given up halfway.
        await UntilAsync(() => Nudges() >= 12, TimeSpan.FromSeconds(30));
        _cluster.Refuse = static write => write == "PATCH configmaps/app" ? HttpStatusCode.Forbidden : null;
        Mock("""{"publishUrl": {"configMap": {"name": "app", "key": "URL"}}}""");
        await ConditionAsync("UrlPublished", "PublishRefused");
        int nudges = Nudges();

        _cluster.Refuse = null;

        await ConditionAsync("UrlPublished", "Published");
        Assert.Equal(nudges, Nudges());
    }

    [Fact]
    public async Task An_exposure_that_is_refused_is_tried_again_soon_although_the_URL_is_waited_for_for_an_hour()
    {
        int tries = 0;
        bool mayExpose = false;
        _cluster.Refuse = write => write switch
        {
            "PATCH configmaps/app" when Interlocked.Increment(ref tries) > 0 => HttpStatusCode.Forbidden,
            "PATCH ingresses/hello-mock" when !Volatile.Read(ref mayExpose) => HttpStatusCode.Forbidden,
            _ => null,
        };
        Mock("""{"publishUrl": {"configMap": {"name": "app", "key": "URL"}}}""");

        // Ten seconds doubled nine times are more than the longest wait, which is an hour.
        await UntilAsync(() => Volatile.Read(ref tries) >= 10, TimeSpan.FromSeconds(30));
        Mock("""{"ingress": {"host": "pets.example.com"}}""");
        await ConditionAsync("Exposed", "IngressRefused");
        int before = Volatile.Read(ref tries);

        Volatile.Write(ref mayExpose, true);

        await ConditionAsync("Exposed", "IngressApplied");
        Assert.Equal(before, Volatile.Read(ref tries));
    }

    private int Nudges() => _cluster.Writes.Count(static write => write == "PATCH pods/hello-mock-0");

    private void Mock(string spec)
    {
        JsonObject whole = JsonNode.Parse(spec)!.AsObject();
        whole["collection"] = JsonNode.Parse("""{"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}""");
        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = whole });
    }

    private Task ConditionAsync(string type, string reason) => UntilAsync(
        () => (string?)(_cluster.Find("mockservers", "hello")?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition!["type"] == type)?["reason"] == reason,
        TimeSpan.FromSeconds(1),
        s_soon);

    /// <summary>Lets time pass until something holds, but no more than so much of it: on a slow machine the clock must not run ahead of the operator.</summary>
    private Task UntilAsync(Func<bool> condition, TimeSpan step, TimeSpan? most = null)
    {
        DateTimeOffset end = most is { } time ? _clock.GetUtcNow() + time : DateTimeOffset.MaxValue;
        return Eventually.TrueAsync(
            () =>
            {
                if (_clock.GetUtcNow() < end)
                {
                    _clock.Advance(step);
                }

                return condition();
            },
            () => $"{_cluster.Find("mockservers", "hello")?.ToJsonString() ?? "(none)"}\n{string.Join('\n', _cluster.Requests)}");
    }
}
