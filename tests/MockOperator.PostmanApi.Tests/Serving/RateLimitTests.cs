using System.Globalization;
using MockOperator.PostmanApi.Limits;
using MockOperator.PostmanApi.Tests.Playing;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Serving;

public sealed class RateLimitTests : IAsyncLifetime
{
    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await PlayedApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Each_key_has_300_requests_a_minute_and_is_told_how_many_are_left()
    {
        var first = (await _api.GetAsync("/me")).Is(200);
        Assert.Equal("limit=300, remaining=299, reset=60", first.Headers["RateLimit"]);
        Assert.Equal("300;w=60", first.Headers["RateLimit-Policy"]);
        Assert.Equal(("300", "299"), (first.Headers["X-RateLimit-Limit"], first.Headers["RateLimit-Remaining"]));
        Assert.Equal(_api.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), first.Headers["X-RateLimit-Reset"]);
        for (var i = 1; i < 300; i++)
            (await _api.GetAsync("/me")).Is(200);
        _api.Clock.Advance(TimeSpan.FromSeconds(20));

        var refused = (await _api.GetAsync("/me")).Is(429, "rateLimited");

        Assert.Equal("application/problem+json", refused.ContentType);
        Assert.Equal("https://api.postman.com/problems/rate-limit-exceeded", (string?)refused["type"]);
        Assert.Equal(("40", "40", "0"), (refused.Headers["Retry-After"], refused.Headers["X-RateLimit-RetryAfter"], refused.Headers["X-RateLimit-Remaining"]));
        // Another caller is another matter, and so is the next minute.
        _api.Cluster.Users["other"] = PlayedUser.Admin;
        (await _api.GetAsync("/me", "other")).Is(200);
        _api.Clock.Advance(TimeSpan.FromSeconds(40));
        (await _api.GetAsync("/me")).Is(200);
    }

    [Theory]
    [InlineData("/collections")]
    [InlineData("/workspaces")]
    [InlineData("/workspaces/demo")]
    public async Task What_is_dear_has_ten_requests_in_ten_seconds(string path)
    {
        for (var i = 0; i < 10; i++)
            (await _api.GetAsync(path)).Is(200);

        var refused = (await _api.GetAsync(path)).Is(429, "rateLimited");

        Assert.Equal("10;w=10", refused.Headers["RateLimit-Policy"]);
        (await _api.GetAsync("/mocks")).Is(200);
        _api.Clock.Advance(TimeSpan.FromSeconds(10));
        (await _api.GetAsync(path)).Is(200);
    }

    [Fact]
    public void What_is_remembered_of_callers_is_bounded()
    {
        var window = new RateWindow(1, TimeSpan.FromMinutes(1), _api.Clock);

        for (var i = 0; i < RateWindow.MostCallers + 100; i++)
            window.Take($"caller-{i}");

        Assert.InRange(window.Callers, 1, RateWindow.MostCallers + 1);
        Assert.True(window.Take($"caller-{RateWindow.MostCallers + 99}").Refused);
        _api.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(window.Take("another").Refused);
        Assert.Equal(1, window.Callers);
    }
}
