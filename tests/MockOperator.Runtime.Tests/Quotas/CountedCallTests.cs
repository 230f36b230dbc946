using System.Net;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Quotas;

/// <summary>What callers see of quotas.</summary>
public sealed class CountedCallTests : IDisposable
{
    private readonly MountedBundle _bundle = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public async Task Without_grants_calls_are_refused_and_the_operator_is_missed()
    {
        await using BundleHost host = await StartAsync();
        using HttpResponseMessage response = await host.Mock.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        Assert.Equal(("usageGrantError", "Calls cannot be counted"), await ErrorAsync(response));
        await host.Host.MetricsAsync("mock_calls_refused_total{mock=\"petstore\",reason=\"no_grant\"} 1", "code=\"503\",outcome=\"rejected\"");
    }

    [Fact]
    public async Task Without_the_operator_calls_are_answered_where_that_is_allowed()
    {
        await using BundleHost host = await StartAsync(Definition(ExhaustedGrant.Allow));
        Assert.Equal("hello", await host.Mock.GetStringAsync("/", Cancel));
        await host.Host.MetricsAsync("mock_quota_unspent_calls{mock=\"petstore\",quota=\"shop-calls\"} -1");
    }

    [Fact]
    public async Task When_the_limit_is_reached_callers_are_told_when_it_is_reset()
    {
        await using BundleHost host = await StartAsync();
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(2, limit: 2));
        Assert.Equal("hello", await host.Mock.GetStringAsync("/", Cancel));
        Assert.Equal("hello", await host.Mock.GetStringAsync("/", Cancel));
        await granting.SayAsync(MeteredMock.Grant(2, limit: 2) with { IsExhausted = true });
        using HttpResponseMessage response = await host.Mock.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 3500, 3600);
        Assert.Equal(("usageLimitError", "Usage limit reached"), await ErrorAsync(response));
        Assert.Contains("The quota shop-calls allows 2 calls a month; it is reset at ", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(("2", "0"), (Header(response, "X-RateLimit-Limit-Month"), Header(response, "X-RateLimit-Remaining-Month")));
        Assert.Equal("2;w=2592000;comment=\"shop-calls\"", Header(response, "RateLimit-Policy"));
        Assert.Matches("^limit=2, remaining=0, reset=3[56][0-9][0-9]$", Header(response, "RateLimit"));
        await host.Host.MetricsAsync(
            "mock_calls_refused_total{mock=\"petstore\",reason=\"quota\"} 1",
            "mock_quota_granted_calls{mock=\"petstore\",quota=\"shop-calls\"} 2",
            "mock_quota_unspent_calls{mock=\"petstore\",quota=\"shop-calls\"} 0");
    }

    [Fact]
    public async Task A_call_waits_for_the_operator_that_is_asked_at_once()
    {
        await using BundleHost host = await StartAsync();
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(1));
        Assert.Equal("hello", await host.Mock.GetStringAsync("/", Cancel));
        Task<string> call = host.Mock.GetStringAsync("/", Cancel);
        QuotaReport report = await granting.SayAsync(waitSeconds: 30, readyPods: 1, MeteredMock.Grant(1));
        Assert.True(report.Meters![0].IsWanting);
        await granting.SayAsync(MeteredMock.Grant(2));
        Assert.Equal("hello", await call);
    }

    [Fact]
    public async Task Answered_calls_count_unmatched_ones_too_and_preflights_do_not()
    {
        await using BundleHost host = await StartAsync();
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(100));
        await host.Mock.GetAsync("/", Cancel);
        await host.Mock.GetAsync("/nowhere", Cancel);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/");
        preflight.Headers.Add("Origin", "https://example.com");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using HttpResponseMessage allowed = await host.Mock.SendAsync(preflight, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.False(allowed.Headers.Contains("RateLimit"));
        Assert.Equal(98, (await granting.SayAsync(MeteredMock.Grant(100))).Meters![0].Unspent);
    }

    [Fact]
    public async Task A_caller_without_a_key_costs_nothing()
    {
        await using BundleHost host = await StartAsync(Definition() with { Access = new AccessDefinition { Private = true, Header = "x-api-key" } });
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(100));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Mock.GetAsync("/", Cancel)).StatusCode);
        Assert.Equal(100, (await granting.SayAsync(MeteredMock.Grant(100))).Meters![0].Unspent);
    }

    [Fact]
    public async Task A_call_that_is_refused_after_all_is_given_back()
    {
        await using BundleHost host = await StartAsync(Definition() with { Delay = new DelaySpec { Fixed = "1s" } }, BundleHost.Loopback with { MaxDelayed = 0 });
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(100));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Mock.GetAsync("/", Cancel)).StatusCode);
        await host.Host.MetricsAsync("outcome=\"rejected\"", "mock_quota_unspent_calls{mock=\"petstore\",quota=\"shop-calls\"} 100");
    }

    [Fact]
    public async Task A_caller_that_leaves_before_its_answer_costs_nothing()
    {
        await using BundleHost host = await StartAsync(Definition() with { Delay = new DelaySpec { Fixed = "3m" } });
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(100));
        using var leave = new CancellationTokenSource();
        Task<HttpResponseMessage> call = host.Mock.GetAsync("/", leave.Token);
        await host.Host.MetricsAsync("mock_quota_unspent_calls{mock=\"petstore\",quota=\"shop-calls\"} 99");
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.Host.MetricsAsync("outcome=\"aborted\"", "mock_quota_unspent_calls{mock=\"petstore\",quota=\"shop-calls\"} 100");
    }

    [Fact]
    public async Task An_edit_keeps_what_was_granted_and_the_end_of_a_quota_frees_the_mock()
    {
        await using BundleHost host = await StartAsync();
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(1));
        _bundle.Publish("r2", Definition() with { Examples = [MountedBundle.Example("/", "edited")] });
        await host.WaitForAsync("r2");
        Assert.Equal("edited", await host.Mock.GetStringAsync("/", Cancel));
        _bundle.Publish("r3", Definition() with { Quotas = null });
        await host.WaitForAsync("r3");
        using HttpResponseMessage free = await host.Mock.GetAsync("/", Cancel);
        Assert.False(free.Headers.Contains("RateLimit"));
        Assert.Equal("hello", await free.Content.ReadAsStringAsync(Cancel));
        Assert.True((await granting.SayAsync()).Meters!.Single().IsClosed);
        Assert.DoesNotContain("mock_quota_granted_calls{", await host.Host.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_that_ends_gives_back_what_is_left_once_the_last_call_is_answered()
    {
        await using BundleHost host = await StartAsync();
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(10));
        await host.Mock.GetStringAsync("/", Cancel);
        Task<QuotaReport> open = granting.SayAsync(waitSeconds: 30, readyPods: 1, MeteredMock.Grant(10));
        Task drained = host.Host.DrainAsync(CancellationToken.None);
        QuotaReport report = await open;
        Assert.True(report.IsFinal);
        Assert.Equal((9, 0, true), (report.Meters!.Single().Returned, report.Meters!.Single().Unspent, report.Meters!.Single().IsClosed));
        await drained;
    }

    [Fact]
    public async Task An_operator_that_comes_within_two_seconds_hears_the_last_word()
    {
        await using BundleHost host = await StartAsync();
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(10));
        Task drained = host.Host.DrainAsync(CancellationToken.None);
        await Eventually.IsTrueAsync(() => host.Host.Mocks.Table.Mocks.Single().Limiting.Meter.Allotments[0].IsClosed, "everything is given back");
        Assert.True((await granting.SayAsync(MeteredMock.Grant(10))).IsFinal);
        await drained;
    }

    [Theory]
    [InlineData(0L, "1m", "rateLimit.requests")]
    [InlineData(1_000_000_001L, "1m", "rateLimit.requests")]
    [InlineData(5L, "0s", "rateLimit.per")]
    [InlineData(5L, "25h", "rateLimit.per")]
    [InlineData(5L, "soon", "rateLimit.per")]
    public async Task A_rate_limit_that_is_none_is_not_served(long requests, string per, string place) =>
        await RefusedAsync(Definition() with { RateLimit = new RateLimitSpec { Requests = requests, Per = per } }, place);

    [Fact]
    public async Task A_quota_without_a_name_is_not_served() =>
        await RefusedAsync(Definition() with { Quotas = [MeteredMock.Reference("u"), new QuotaReference { Name = "not a\"name", Uid = "v" }] }, "quotas[1]");

    [Fact]
    public async Task More_than_eight_quotas_are_not_served() =>
        await RefusedAsync(Definition() with { Quotas = [.. Enumerable.Range(0, 9).Select(static number => MeteredMock.Reference($"u{number}"))] }, "quotas: at most 8");

    private async Task RefusedAsync(MockDefinition definition, string place)
    {
        _bundle.Publish("bad", definition);
        await using BundleHost host = await BundleHost.StartAsync(_bundle);
        Assert.Contains(place, await host.WaitForAsync("bad"), StringComparison.Ordinal);
    }

    private static MockDefinition Definition(ExhaustedGrant onExhausted = ExhaustedGrant.Refuse) =>
        MountedBundle.Definition(MountedBundle.Example("/", "hello")) with { Quotas = [MeteredMock.Reference(MeteredMock.Uid, onExhausted)] };

    private async Task<BundleHost> StartAsync(MockDefinition? definition = null, RuntimeHostOptions? options = null)
    {
        _bundle.Publish("r1", definition ?? Definition());
        return await BundleHost.StartAsync(_bundle, options);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private static async Task<(string? Name, string? Header)> ErrorAsync(HttpResponseMessage response)
    {
        JsonElement error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("error");
        return (error.GetProperty("name").GetString(), error.GetProperty("header").GetString());
    }
}
