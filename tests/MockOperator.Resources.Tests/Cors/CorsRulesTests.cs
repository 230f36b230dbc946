namespace MockOperator.Resources.Tests;

public sealed class CorsRulesTests
{
    [Fact]
    public void Nothing_said_is_right()
    {
        Assert.Empty(CorsRules.Check(null));
        Assert.Empty(CorsRules.Check(new CorsSpec()));
    }

    [Fact]
    public void Everything_said_well_is_right()
        => Assert.Empty(CorsRules.Check(new CorsSpec
        {
            Enabled = true,
            At = CorsLocation.Runtime,
            AllowOrigins = ["https://app.example.com", "https://*.example.com"],
            AllowMethods = ["GET", "PATCH", "*"],
            AllowHeaders = ["Authorization", "*"],
            ExposeHeaders = ["X-Request-Id"],
            AllowCredentials = true,
            MaxAge = "1h30m",
            AllowPrivateNetwork = true,
        }));

    public static TheoryData<CorsSpec, string> Wrong => new()
    {
        { new CorsSpec { AllowCredentials = true }, "cors.allowCredentials" },
        { new CorsSpec { AllowCredentials = true, AllowOrigins = ["https://a.example.com", "*"] }, "cors.allowOrigins[1]" },
        { new CorsSpec { AllowCredentials = true, AllowOrigins = ["null"] }, "cors.allowOrigins[0]" },
        { new CorsSpec { AllowCredentials = true, AllowOrigins = ["https://a.example.com"], ExposeHeaders = ["*"] }, "cors.exposeHeaders" },
        { new CorsSpec { AllowOrigins = [] }, "cors.allowOrigins" },
        { new CorsSpec { AllowOrigins = [.. Enumerable.Range(0, 65).Select(n => $"https://n{n}.example.com")] }, "cors.allowOrigins" },
        { new CorsSpec { AllowOrigins = ["https://example.com/"] }, "cors.allowOrigins[0]" },
        { new CorsSpec { AllowOrigins = [null!] }, "cors.allowOrigins[0]" },
        { new CorsSpec { AllowMethods = ["GET", "PO ST"] }, "cors.allowMethods[1]" },
        { new CorsSpec { AllowHeaders = ["X-Ok", "X:bad"] }, "cors.allowHeaders[1]" },
        { new CorsSpec { ExposeHeaders = ["X-Bad\r\nSet-Cookie: a=b"] }, "cors.exposeHeaders[0]" },
        { new CorsSpec { MaxAge = "10" }, "cors.maxAge" },
        { new CorsSpec { MaxAge = "-1s" }, "cors.maxAge" },
        { new CorsSpec { MaxAge = "25h" }, "cors.maxAge" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_broken_rule_is_named_with_its_place(CorsSpec spec, string path)
    {
        var problem = Assert.Single(CorsRules.Check(spec));
        Assert.Equal(path, problem.Path);
        Assert.DoesNotContain('\n', problem.ToString());
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("600s", 600)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h1m1s", 3661)]
    [InlineData("250ms", 0.25)]
    [InlineData("1m5ms", 60.005)]
    [InlineData("1h1m1s1ms", 3661.001)]
    public void A_duration_is_whole_hours_minutes_seconds_and_milliseconds(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("1.5h")]
    [InlineData("30s1h")]
    [InlineData("1s ")]
    [InlineData("99999999s")]
    [InlineData("h")]
    [InlineData("5ms1s")]
    [InlineData("5m5")]
    [InlineData("5ms5ms")]
    [InlineData("5mss")]
    [InlineData("12345678ms")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));
}
