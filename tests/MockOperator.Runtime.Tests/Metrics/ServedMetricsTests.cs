using System.Net.Http.Headers;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Metrics;

/// <summary>What a scrape of a pod finds.</summary>
public sealed class ServedMetricsTests : IAsyncLifetime
{
    private readonly MountedBundle _bundle = new();
    private BundleHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/pets", "twelve bytes"), MountedBundle.Example("/pets/{{id}}", "one pet")));
        _host = await BundleHost.StartAsync(_bundle);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _bundle.Dispose();
    }

    [Fact]
    public async Task Examples_and_bytes_are_counted_as_they_went_over_the_wire()
    {
        for (int call = 0; call < 3; call++)
        {
            await _host.Mock.GetStringAsync("/pets", Cancel);
        }

        await _host.Mock.GetStringAsync("/pets/5", Cancel);
        using HttpResponseMessage head = await _host.Mock.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/pets"), Cancel);
        long headBytes = (await head.Content.ReadAsByteArrayAsync(Cancel)).Length;
        string missed = await (await _host.Mock.PostAsync("/none", new StringContent("7 bytes"), Cancel)).Content.ReadAsStringAsync(Cancel);
        await _host.Host.MetricsAsync(
            "mock_example_requests_total{mock=\"petstore\",request=\"GET /pets\",example=\"/pets\"} 4\n",
            "mock_example_requests_total{mock=\"petstore\",request=\"GET /pets/{{id}}\",example=\"/pets/{{id}}\"} 1\n",
            "mock_request_body_bytes_total{mock=\"petstore\"} 7\n");
        double sent = await _host.Host.SumAsync("mock_response_body_bytes_total{mock=\"petstore\"}");
        Assert.Equal((3 * "twelve bytes".Length) + "one pet".Length + headBytes + missed.Length, sent);
    }

    [Fact]
    public async Task An_edit_says_when_its_content_was_loaded()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        _bundle.Publish("r2", MountedBundle.Definition(MountedBundle.Example("/cats", "a cat")));
        await _host.WaitForAsync("r2");
        Assert.InRange(
            await _host.Host.SumAsync("mock_content_loaded_timestamp_seconds{mock=\"petstore\"}"),
            before.ToUnixTimeMilliseconds() / 1000.0,
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
    }

    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "application/openmetrics-text", true)]
    [InlineData("text/plain", "text/plain", false)]
    [InlineData("*/*", "text/plain", false)]
    public async Task Whoever_accepts_OpenMetrics_gets_it(string accept, string type, bool hasEnd)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await _host.Admin.SendAsync(request, Cancel);
        Assert.Equal(type, MediaTypeHeaderValue.Parse(response.Content.Headers.ContentType!.ToString()).MediaType);
        Assert.Equal(hasEnd, (await response.Content.ReadAsStringAsync(Cancel)).EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_metric_is_documented_and_every_documented_one_is_there()
    {
        IEnumerable<string> told = (await _host.Admin.GetStringAsync("/metrics", Cancel)).Split('\n')
            .Where(static line => line.StartsWith("# TYPE mock_", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[2]);
        Assert.Equal(Documented().Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Documented()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "metrics.md")).ReplaceLineEndings("\n");
        string table = page[page.IndexOf("## Of a pod of a mock", StringComparison.Ordinal)..page.IndexOf("## Of the operator", StringComparison.Ordinal)];
        return table.Split('\n').Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(static line => line.Split('|')[1].Split(',').Select(static name => name.Trim(' ', '`')));
    }

    private static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MockOperator.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository: MockOperator.sln is in no folder above them.");
    }
}
