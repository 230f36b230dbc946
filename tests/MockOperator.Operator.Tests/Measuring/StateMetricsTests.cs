using System.Globalization;
using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;
using MockOperator.Operator.Tests.Installation;

namespace MockOperator.Operator.Tests.Measuring;

/// <summary>What a scrape of the operator finds.</summary>
public sealed class StateMetricsTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public StateMetricsTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Quotas_are_told_and_gone_when_they_are()
    {
        _cluster.Put("mockquotas", "team", new JsonObject { ["spec"] = new JsonObject { ["calls"] = 70, ["period"] = "Month" } });
        await ToldAsync(
            "mock_operator_quota_limit_calls{namespace=\"demo\",quota=\"team\"} 70",
            "mock_operator_quota_used_calls{namespace=\"demo\",quota=\"team\"} 0",
            "mock_operator_quota_remaining_calls{namespace=\"demo\",quota=\"team\"} 70");
        long reset = long.Parse((await _operator!.MetricsAsync()).Single(static line => line.StartsWith("mock_operator_quota_reset_timestamp_seconds", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.True(DateTimeOffset.FromUnixTimeSeconds(reset) > DateTimeOffset.UtcNow, $"{reset}");

        _cluster.Remove("mockquotas", "team");
        await Eventually.TrueAsync(async () => !(await _operator!.MetricsAsync()).Any(static line => line.Contains("quota=\"team\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_wrong_with_a_mock_is_told_until_it_is_right()
    {
        Mock(new JsonObject { ["collectionRef"] = new JsonObject { ["name"] = "absent", ["version"] = "CURRENT" } });
        await ToldAsync(
            "mock_operator_mock_trouble{namespace=\"demo\",mock=\"hello\",condition=\"CollectionResolved\",reason=\"CollectionNotFound\"} 1",
            "mock_operator_mocks{ready=\"False\"} 1",
            "mock_operator_mocks{ready=\"True\"} 0");

        Mock(Serving());
        await ToldAsync("mock_operator_mocks{ready=\"True\"} 1", "mock_operator_mocks{ready=\"False\"} 0");
        Assert.DoesNotContain(await _operator!.MetricsAsync(), static line => line.StartsWith("mock_operator_mock_trouble{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_metric_is_documented_and_every_documented_one_is_there()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Manifests.Root, "docs", "metrics.md"), TestContext.Current.CancellationToken);
        IEnumerable<string> documented = page[page.IndexOf("## Of the operator", StringComparison.Ordinal)..].Split('\n')
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Split('`')[1]);
        await QuotasAndMocksAreThereAsync();
        IEnumerable<string> told = (await _operator!.MetricsAsync())
            .Where(static line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[2])
            .Where(static name => !name.StartsWith("process_", StringComparison.Ordinal) && !name.StartsWith("dotnet_", StringComparison.Ordinal));
        Assert.Equal(documented.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private async Task QuotasAndMocksAreThereAsync()
    {
        _cluster.Put("mockquotas", "team", new JsonObject { ["spec"] = new JsonObject { ["calls"] = 70, ["period"] = "Month" } });
        Mock(Serving());
        await ToldAsync("mock_operator_mocks{ready=\"True\"} 1", "mock_operator_quota_limit_calls{namespace=\"demo\",quota=\"team\"} 70");
    }

    private static JsonObject Serving() => new()
    {
        ["collectionRef"] = null,
        ["collection"] = new JsonObject
        {
            ["examples"] = new JsonArray(new JsonObject { ["name"] = "/", ["request"] = new JsonObject { ["path"] = "/" }, ["response"] = new JsonObject { ["body"] = "hi" } }),
        },
    };

    private void Mock(JsonObject spec) => _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = spec });

    private async Task ToldAsync(params string[] lines)
    {
        string[] told = [];
        await Eventually.TrueAsync(
            async () => !lines.Except(told = await _operator!.MetricsAsync(), StringComparer.Ordinal).Any(),
            () => string.Join('\n', told.Where(static line => line.StartsWith("mock_operator", StringComparison.Ordinal))));
    }
}
