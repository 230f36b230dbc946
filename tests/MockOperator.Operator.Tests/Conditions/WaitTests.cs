using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Conditions;

/// <summary>How waits end that know nothing of this API but its conditions.</summary>
public sealed class WaitTests
{
    public static TheoryData<string> Cases => [.. WaitedFor.All.Keys];

    // kubectl does not look at whether an object is being deleted.
    public static TheoryData<string> Staying => [.. WaitedFor.All.Where(static pair => pair.Value.Verdict != KstatusVerdict.Terminating).Select(static pair => pair.Key)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Kstatus_says_of_an_object_what_is_so(string name)
    {
        (KstatusVerdict verdict, JsonObject item) = WaitedFor.All[name];

        Assert.True(verdict == Kstatus.Compute(item), $"{name}: {Kstatus.Compute(item)} instead of {verdict}: {item.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(Staying))]
    public void A_wait_of_kubectl_for_Ready_ends_when_one_by_kstatus_ends_well_and_one_for_Stalled_when_it_ends_badly(string name)
    {
        (KstatusVerdict verdict, JsonObject item) = WaitedFor.All[name];
        Assert.Equal(verdict == KstatusVerdict.Current, Kstatus.EndsWaitFor("Ready", item));
        Assert.Equal(verdict == KstatusVerdict.Failed, Kstatus.EndsWaitFor("Stalled", item));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_condition_says_of_which_generation_it_is_and_since_when(string name)
    {
        JsonObject item = WaitedFor.All[name].Item;
        JsonObject[] conditions = [.. item["status"]!["conditions"]!.AsArray().Select(static condition => condition!.AsObject())];

        Assert.Equal("Ready", (string?)conditions[0]["type"]);
        if ((string?)conditions[0]["reason"] != "Pending")
        {
            Assert.All(conditions, condition => Assert.Equal((long?)item["status"]!["observedGeneration"], (long?)condition["observedGeneration"]));
            Assert.All(conditions, static condition => Assert.Equal(2026, DateTimeOffset.Parse((string)condition["lastTransitionTime"]!, System.Globalization.CultureInfo.InvariantCulture).Year));
        }
    }

    [Fact]
    public async Task A_new_mock_is_never_taken_for_served_before_it_is_and_that_costs_one_status_write()
    {
        using var cluster = new FakeCluster();
        var kubelet = new FakeKubelet(cluster) { IsFrozen = true };
        await using RunningOperator running = await RunningOperator.StartAsync(cluster, kubelet);
        var verdicts = new List<KstatusVerdict>
        {
            Kstatus.Compute(cluster.Put("mockservers", "hello", new JsonObject
            {
                ["spec"] = JsonNode.Parse("""{"collection": {"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}}"""),
            })),
        };
        await Eventually.TrueAsync(() => cluster.Writes.Contains("PATCH deployments/hello-mock"));
        verdicts.Add(Kstatus.Compute(cluster.Find("mockservers", "hello")!));

        kubelet.IsFrozen = false;
        kubelet.Run("hello-mock");
        await Eventually.TrueAsync(() => Kstatus.Compute(cluster.Find("mockservers", "hello")!) == KstatusVerdict.Current);

        Assert.All(verdicts, static verdict => Assert.Equal(KstatusVerdict.InProgress, verdict));
        Assert.Equal(1, cluster.Writes.Count(static write => write == "PATCH mockservers/hello/status"));
        JsonArray conditions = cluster.Find("mockservers", "hello")!["status"]!["conditions"]!.AsArray();
        Assert.DoesNotContain(conditions, static condition => (string?)condition!["type"] is "Reconciling" or "Stalled");
        Assert.DoesNotContain("1970", conditions.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_an_edit_helps_is_told_at_once_and_no_more_once_it_was_edited()
    {
        using var cluster = new FakeCluster();
        await using RunningOperator running = await RunningOperator.StartAsync(cluster, new FakeKubelet(cluster));
        cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = JsonNode.Parse("""{"collection": {"examples": []}}""") });
        cluster.Put("collections", "words", new JsonObject { ["spec"] = JsonNode.Parse("""{"postman": {"item": null}}""") });
        cluster.Put("mockquotas", "team", new JsonObject { ["spec"] = JsonNode.Parse("""{"calls": 5, "timeZone": "Nowhere/AtAll"}""") });
        await VerdictAsync(KstatusVerdict.Failed);

        cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = JsonNode.Parse("""{"collection": {"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}}""") });
        cluster.Put("collections", "words", new JsonObject { ["spec"] = JsonNode.Parse("""{"postman": null, "examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}""") });
        cluster.Put("mockquotas", "team", new JsonObject { ["spec"] = JsonNode.Parse("""{"timeZone": "UTC"}""") });
        await VerdictAsync(KstatusVerdict.Current);

        async Task VerdictAsync(KstatusVerdict verdict)
        {
            foreach ((string plural, string name) in new[] { ("mockservers", "hello"), ("collections", "words"), ("mockquotas", "team") })
            {
                await Eventually.TrueAsync(() => Kstatus.Compute(cluster.Find(plural, name)!) == verdict, () => cluster.Find(plural, name)!.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task A_mock_that_waits_is_not_written_again_though_the_server_keeps_the_order_of_its_conditions()
    {
        using var cluster = new FakeCluster();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using RunningOperator running = await RunningOperator.StartAsync(cluster, new FakeKubelet(cluster), clock: clock);
        cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = JsonNode.Parse("""{"collection": {"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}}""") });
        await PassAsync(() => Task.FromResult(Conditions().Contains("Serving", StringComparison.Ordinal)));
        cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = JsonNode.Parse("""{"collection": null, "collectionRef": {"name": "absent"}}""") });
        await PassAsync(() => Task.FromResult(Conditions().Contains("CollectionNotFound", StringComparison.Ordinal)));
        double looks = await running.LooksAsync();
        await PassAsync(async () => await running.LooksAsync() >= looks + 2);
        cluster.Writes.Clear();

        // Longer on its way than is no news.
        await PassAsync(async () => await running.LooksAsync() >= looks + 6);

        Assert.Contains("Reconciling", Conditions(), StringComparison.Ordinal);
        Assert.DoesNotContain("PATCH mockservers/hello/status", cluster.Writes);

        string Conditions() => cluster.Find("mockservers", "hello")!["status"]!["conditions"]!.ToJsonString();

        Task PassAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return condition();
            },
            () => $"{cluster.Find("mockservers", "hello")!.ToJsonString()}");
    }
}
