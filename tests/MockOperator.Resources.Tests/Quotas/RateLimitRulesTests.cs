namespace MockOperator.Resources.Tests.Quotas;

public sealed class RateLimitRulesTests
{
    [Fact]
    public void No_limit_is_right() => Assert.Empty(RateLimitRules.Check(null));

    [Theory]
    [InlineData(1, null)]
    [InlineData(120, "1m")]
    [InlineData(RateLimitRules.MaxRequests, "24h")]
    public void Calls_in_a_time_are_right(long requests, string? per) => Assert.Empty(RateLimitRules.Check(new RateLimitSpec { Requests = requests, Per = per }));

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(RateLimitRules.MaxRequests + 1)]
    public void The_number_of_calls_is_needed_and_bounded(long? requests) =>
        Assert.Equal("rateLimit.requests", Assert.Single(RateLimitRules.Check(new RateLimitSpec { Requests = requests })).Path);

    [Theory]
    [InlineData("")]
    [InlineData("0s")]
    [InlineData("24h1s")]
    [InlineData("1 minute")]
    public void Other_times_are_refused(string per) => Assert.Equal("rateLimit.per", Assert.Single(RateLimitRules.Check(new RateLimitSpec { Requests = 1, Per = per })).Path);
}
