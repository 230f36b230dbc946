using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>Which quotas the pods of a mock are told of, and the quota of a mock alone.</summary>
public sealed class MeteredMockTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public MeteredMockTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        _cluster.Dispose();
    }

    [Fact]
    public async Task Pods_are_told_which_quotas_cover_their_mock_as_quotas_come_change_and_go()
    {
        Mock("hello", new JsonObject { ["rateLimit"] = new JsonObject { ["requests"] = 120 } });
        await ReadyAsync("hello");
        Assert.Null(Definition("hello")["quotas"]);
        Assert.Equal(120, (int?)Definition("hello")["rateLimit"]!["requests"]);

        Quota("team", new JsonObject { ["calls"] = 10 });
        await QuotasAsync("hello", "team");
        Assert.Equal(Uid("team"), (string?)Definition("hello")["quotas"]![0]!["uid"]);

        Quota("all", new JsonObject { ["calls"] = 10, ["onExhaustedGrant"] = "Allow" });
        await QuotasAsync("hello", "all", "team");
        Assert.Equal("Allow", (string?)Definition("hello")["quotas"]![0]!["onExhaustedGrant"]);

        Quota("all", new JsonObject { ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["team"] = "a" } } });
        await QuotasAsync("hello", "team");
        _cluster.Put("mockservers", "hello", new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["team"] = "a" } } });
        await QuotasAsync("hello", "all", "team");

        _cluster.Remove("mockquotas", "team");
        await QuotasAsync("hello", "all");
        await ReadyAsync("hello");
    }

    [Fact]
    public async Task Only_mocks_that_a_quota_covers_are_woken_by_it_and_not_by_its_calls_or_its_status()
    {
        const int covered = 5;
        for (int number = 0; number < 2 * covered; number++)
        {
            Mock($"mock-{number}", [], number < covered ? "a" : "b");
            await ReadyAsync($"mock-{number}");
        }

        Quota("team", new JsonObject { ["calls"] = 10, ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["team"] = "a" } } });
        for (int number = 0; number < covered; number++)
        {
            await QuotasAsync($"mock-{number}", "team");
        }

        double looks = await QuietAsync();
        _cluster.Writes.Clear();
        for (int step = 1; step <= 20; step++)
        {
            _cluster.Put("mockquotas", "team", [], new JsonObject { ["used"] = step, ["ledger"] = new JsonObject { ["serial"] = step } });
            Quota("team", new JsonObject { ["calls"] = 10 + step, ["period"] = step % 2 == 0 ? "Day" : "Week", ["warnAt"] = new JsonArray(step) });
        }

        // A quota made afterwards shows that all of this has been seen: it wakes the one mock that it covers.
        Quota("last", new JsonObject { ["calls"] = 1, ["selector"] = new JsonObject { ["matchNames"] = new JsonArray("mock-0") } });
        await QuotasAsync("mock-0", "last", "team");
        double marker = await QuietAsync();
        Assert.DoesNotContain(_cluster.Writes, static write => !write.Contains("mock-0", StringComparison.Ordinal) && !write.Contains("mockquotas", StringComparison.Ordinal));
        _cluster.Remove("mockquotas", "last");
        await QuotasAsync("mock-0", "team");
        double alone = await QuietAsync() - marker;

        // Coming and going cost as much as each other, so nothing else has been looked at.
        Assert.InRange(marker - looks, 1, 2 * alone + 1);

        Quota("team", new JsonObject { ["onExhaustedGrant"] = "Allow" });
        for (int number = 0; number < covered; number++)
        {
            await Eventually.TrueAsync(() => (string?)Definition($"mock-{number}")["quotas"]![0]!["onExhaustedGrant"] == "Allow");
        }

        Assert.DoesNotContain(_cluster.Writes, static write => Enumerable.Range(covered, covered).Any(number => write.Contains($"mock-{number}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_new_mock_with_a_quota_of_its_own_is_never_served_without_it()
    {
        Mock("hello", new JsonObject { ["quota"] = new JsonObject { ["calls"] = 2000, ["period"] = "Day" } });

        await ReadyAsync("hello");

        Assert.Equal(
            [
                "PATCH configmaps/hello-mock-bundle", "PATCH deployments/hello-mock", "PATCH mockquotas/hello-calls", "PATCH mockservers/hello/status", "PATCH serviceaccounts/hello-mock",
                "PATCH services/hello",
            ],
            Writes().Order(StringComparer.Ordinal));
        Assert.Equal("PATCH mockquotas/hello-calls", _cluster.Writes.First());
        JsonNode quota = _cluster.Find("mockquotas", "hello-calls")!;
        Assert.Equal(2000, (int?)quota["spec"]!["calls"]);
        Assert.Equal("Day", (string?)quota["spec"]!["period"]);
        Assert.Equal("hello", (string?)Assert.Single((JsonArray)quota["spec"]!["selector"]!["matchNames"]!));
        Assert.Equal("hello", (string?)Assert.Single((JsonArray)quota["metadata"]!["ownerReferences"]!)!["name"]);
        Assert.Equal(Uid("hello-calls"), (string?)Assert.Single((JsonArray)Definition("hello")["quotas"]!)!["uid"]);
    }

    [Fact]
    public async Task The_quota_of_a_mock_follows_its_spec_and_goes_when_it_is_no_longer_asked_for()
    {
        Mock("hello", new JsonObject { ["quota"] = new JsonObject { ["calls"] = 2000 } });
        await ReadyAsync("hello");

        Mock("hello", new JsonObject { ["quota"] = new JsonObject { ["calls"] = 3000 } });
        await Eventually.TrueAsync(() => (int?)_cluster.Find("mockquotas", "hello-calls")!["spec"]!["calls"] == 3000);

        // Whoever edits the quota itself is overruled, and whoever removes it gets it again.
        Quota("hello-calls", new JsonObject { ["calls"] = 1_000_000 });
        await Eventually.TrueAsync(() => (int?)_cluster.Find("mockquotas", "hello-calls")!["spec"]!["calls"] == 3000);
        string uid = Uid("hello-calls");
        _cluster.Remove("mockquotas", "hello-calls");
        await Eventually.TrueAsync(() => _cluster.Find("mockquotas", "hello-calls") is not null && Definition("hello")["quotas"]?[0]?["uid"] is { } now && (string?)now == Uid("hello-calls") && (string?)now != uid);

        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = new JsonObject { ["quota"] = null } });
        await Eventually.TrueAsync(() => _cluster.Find("mockquotas", "hello-calls") is null);
        await QuotasAsync("hello");
        await ReadyAsync("hello");
    }

    [Fact]
    public async Task Somebody_elses_quota_that_was_made_a_moment_ago_is_not_taken_over_either()
    {
        // The watch has yet to tell of it.
        _cluster.Hides = static path => path.Contains("mockquotas", StringComparison.Ordinal);
        Quota("hello-calls", new JsonObject { ["calls"] = 5, ["selector"] = new JsonObject { ["matchNames"] = new JsonArray("other") } });
        Mock("hello", new JsonObject { ["quota"] = new JsonObject { ["calls"] = 2000 } });
        await ReasonAsync("hello", "NameConflict");
        Assert.Equal(5, (int?)_cluster.Find("mockquotas", "hello-calls")!["spec"]!["calls"]);
    }

    [Fact]
    public async Task Somebody_elses_quota_of_that_name_is_not_taken_over()
    {
        Quota("hello-calls", new JsonObject { ["calls"] = 5, ["selector"] = new JsonObject { ["matchNames"] = new JsonArray("other") } });
        Mock("hello", new JsonObject { ["quota"] = new JsonObject { ["calls"] = 2000 } });
        await ReasonAsync("hello", "NameConflict");
        Assert.Contains("MockQuota 'hello-calls'", Message("hello"), StringComparison.Ordinal);
        Assert.Equal(5, (int?)_cluster.Find("mockquotas", "hello-calls")!["spec"]!["calls"]);

        // Without a quota of its own the mock does not need the name.
        _cluster.Remove("mockquotas", "hello-calls");

        await ReadyAsync("hello");
        Assert.Equal(2000, (int?)_cluster.Find("mockquotas", "hello-calls")!["spec"]!["calls"]);
    }

    [Fact]
    public async Task More_quotas_than_pods_count_by_are_refused_by_name_until_there_are_fewer()
    {
        Mock("hello", []);
        await ReadyAsync("hello");
        for (int number = 1; number <= 8; number++)
        {
            Quota($"q{number}", new JsonObject { ["calls"] = 1 });
        }

        await QuotasAsync("hello", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8");
        Quota("q9", new JsonObject { ["calls"] = 1 });

        await ReasonAsync("hello", "TooManyQuotas");
        Assert.Contains("'q1', 'q2'", Message("hello"), StringComparison.Ordinal);
        Assert.Contains("'q9'", Message("hello"), StringComparison.Ordinal);
        Assert.Equal(8, ((JsonArray)Definition("hello")["quotas"]!).Count);

        _cluster.Remove("mockquotas", "q4");
        await QuotasAsync("hello", "q1", "q2", "q3", "q5", "q6", "q7", "q8", "q9");
        await ReadyAsync("hello");
    }

    [Fact]
    public async Task A_restart_writes_nothing_for_mocks_with_quotas()
    {
        Quota("team", new JsonObject { ["calls"] = 10 });
        Mock("hello", new JsonObject { ["quota"] = new JsonObject { ["calls"] = 2000 } });
        await ReadyAsync("hello");
        await _operator!.DisposeAsync();
        _cluster.Writes.Clear();

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

        Mock("marker", []);
        await ReadyAsync("marker");
        Assert.DoesNotContain(Writes(), static write => !write.Contains("marker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_hand_tells_of_calls_is_written_against_once_and_no_more()
    {
        Mock("hello", []);
        await ReadyAsync("hello");
        JsonObject status = (JsonObject)_cluster.Find("mockservers", "hello")!["status"]!.DeepClone();
        status["calls"] = new JsonObject { ["quota"] = "team", ["answered"] = 5 };
        _cluster.Writes.Clear();
        for (int look = 0; look < 3; look++)
        {
            _cluster.Put("mockservers", "hello", [], status);
            double looks = await QuietAsync();
            _cluster.Put("mockservers", "hello", new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["looked"] = $"at-{look}" } } });
            await Eventually.TrueAsync(async () => await _operator!.LooksAsync() > looks);
            await QuietAsync();
        }

        Assert.Equal("PATCH mockservers/hello/status", Assert.Single(_cluster.Writes));
    }

    private void Mock(string name, JsonObject spec, string team = "none")
    {
        spec["collection"] = JsonNode.Parse("""{"examples":[{"name": "/", "request":{"path":"/"},"response":{"body":"hi"}}]}""");
        _cluster.Put("mockservers", name, new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["team"] = team } }, ["spec"] = spec });
    }

    private void Quota(string name, JsonObject spec) => _cluster.Put("mockquotas", name, new JsonObject { ["spec"] = spec });

    private string Uid(string quota) => (string)_cluster.Find("mockquotas", quota)!["metadata"]!["uid"]!;

    private JsonNode Definition(string mock) => JsonNode.Parse((string)_cluster.Find("configmaps", mock + "-mock-bundle")!["data"]!["mock.json"]!)!;

    // Without those of the books, which are kept for the pods and not for the mock.
    private IEnumerable<string> Writes() => _cluster.Writes.Where(static write => !(write.StartsWith("PUT mockquotas/", StringComparison.Ordinal) && write.EndsWith("/status", StringComparison.Ordinal)));

    private Task QuotasAsync(string mock, params string[] names) => Eventually.TrueAsync(
        () => (Definition(mock)["quotas"] as JsonArray ?? []).Select(static quota => (string?)quota!["name"]).SequenceEqual(names, StringComparer.Ordinal),
        () => Definition(mock).ToJsonString());

    private JsonNode? Ready(string name) =>
        (_cluster.Find("mockservers", name)?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready");

    private string Message(string name) => (string)Ready(name)!["message"]!;

    private Task ReadyAsync(string name) => Eventually.TrueAsync(
        () => (string?)Ready(name)?["status"] == "True" && (long?)_cluster.Find("mockservers", name)!["status"]!["observedGeneration"] == (long?)_cluster.Find("mockservers", name)!["metadata"]!["generation"],
        () => _cluster.Find("mockservers", name)?.ToJsonString() ?? "(none)");

    private Task ReasonAsync(string name, string reason) =>
        Eventually.TrueAsync(() => (string?)Ready(name)?["reason"] == reason, () => _cluster.Find("mockservers", name)?.ToJsonString() ?? "(none)");

    private async Task<double> QuietAsync()
    {
        double before = -1;
        for (int calm = 0; calm < 10;)
        {
            double looks = await _operator!.LooksAsync();
            calm = looks == before ? calm + 1 : 0;
            before = looks;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return before;
    }
}
