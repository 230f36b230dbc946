using System.Net;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Quotas;

/// <summary>What callers see of rate limits.</summary>
public sealed class RateLimitTests : IDisposable
{
    private readonly MountedBundle _bundle = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public async Task Too_many_calls_are_refused_until_time_has_passed()
    {
        await using BundleHost host = await StartAsync();
        using (HttpResponseMessage first = await host.Mock.GetAsync("/", Cancel))
        {
            Assert.Equal(("2", "1"), (Header(first, "X-RateLimit-Limit"), Header(first, "X-RateLimit-Remaining")));
            Assert.Equal("946684830", Header(first, "X-RateLimit-Reset"));
            Assert.Equal(("2;w=60", "limit=2, remaining=1, reset=30"), (Header(first, "RateLimit-Policy"), Header(first, "RateLimit")));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await host.Mock.GetAsync("/nowhere", Cancel)).StatusCode);
        using (HttpResponseMessage refused = await host.Mock.GetAsync("/", Cancel))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter!.Delta);
            Assert.Equal("0", Header(refused, "X-RateLimit-Remaining"));
            Assert.Equal(
                """{"error":{"name":"rateLimitError","message":"Rate limit reached. This mock answers 2 calls in 1m. Try again in 30 s.","header":"Rate limit reached"}}""",
                await refused.Content.ReadAsStringAsync(Cancel));
        }

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("hello", await host.Mock.GetStringAsync("/", Cancel));
        await host.Host.MetricsAsync("mock_calls_refused_total{mock=\"petstore\",reason=\"rate_limit\"} 1");
    }

    [Fact]
    public async Task The_limit_is_divided_among_the_pods_of_which_the_operator_tells()
    {
        await using BundleHost host = await StartAsync();
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(waitSeconds: 0, readyPods: 2);
        Assert.Equal(HttpStatusCode.OK, (await host.Mock.GetAsync("/", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.Mock.GetAsync("/", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_call_over_the_rate_limit_costs_no_quota()
    {
        await using BundleHost host = await StartAsync(Definition() with { Quotas = [MeteredMock.Reference(MeteredMock.Uid)] });
        GrantingOperator granting = await GrantingOperator.MeetAsync(host);
        await granting.SayAsync(MeteredMock.Grant(10));
        for (int call = 0; call < 5; call++)
        {
            await host.Mock.GetAsync("/", Cancel);
        }

        Assert.Equal(8, (await granting.SayAsync(MeteredMock.Grant(10))).Meters![0].Unspent);
    }

    [Fact]
    public async Task Headers_that_an_example_has_of_its_own_win()
    {
        ExampleSpec example = MountedBundle.Example("/", "hello");
        example = example with { Response = example.Response! with { Headers = [new() { Name = "X-RateLimit-Limit", Value = "7" }, new() { Name = "RateLimit", Value = "mine" }] } };
        await using BundleHost host = await StartAsync(Definition() with { Examples = [example] });
        using HttpResponseMessage response = await host.Mock.GetAsync("/", Cancel);
        Assert.Equal(("7", "1", "mine"), (Header(response, "X-RateLimit-Limit"), Header(response, "X-RateLimit-Remaining"), Header(response, "RateLimit")));
    }

    [Fact]
    public async Task An_edit_of_the_content_does_not_fill_the_bucket()
    {
        await using BundleHost host = await StartAsync();
        await host.Mock.GetAsync("/", Cancel);
        await host.Mock.GetAsync("/", Cancel);
        (HttpStatusCode status, _) = await host.PushAsync(PushedBundle.Body(MountedBundle.Pack("r2", Definition() with { Seed = 2 })), supersedes: "r1");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.Mock.GetAsync("/", Cancel)).StatusCode);
        await host.PushAsync(PushedBundle.Body(MountedBundle.Pack("r3", Definition() with { RateLimit = new RateLimitSpec { Requests = 10 } })), supersedes: "r2");
        Assert.Equal(HttpStatusCode.OK, (await host.Mock.GetAsync("/", Cancel)).StatusCode);
    }

    private static MockDefinition Definition() => MountedBundle.Definition(MountedBundle.Example("/", "hello")) with { RateLimit = new RateLimitSpec { Requests = 2, Per = "1m" } };

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private async Task<BundleHost> StartAsync(MockDefinition? definition = null)
    {
        _bundle.Publish("r1", definition ?? Definition());
        return await BundleHost.StartAsync(_bundle, time: _time);
    }
}
