namespace MockOperator.Resources.Tests;

public sealed class OriginPatternTests
{
    [Theory]
    [InlineData("*", "*")]
    [InlineData("null", "null")]
    [InlineData("https://example.com", "https://example.com")]
    [InlineData("HTTPS://Example.COM", "https://example.com")]
    [InlineData("https://example.com:443", "https://example.com")]
    [InlineData("http://example.com:80", "http://example.com")]
    [InlineData("http://example.com:443", "http://example.com:443")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    [InlineData("http://[::1]", "http://[::1]")]
    [InlineData("http://127.0.0.1:5173", "http://127.0.0.1:5173")]
    [InlineData("capacitor://localhost", "capacitor://localhost")]
    [InlineData("chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop")]
    [InlineData("https://*.example.com", "https://*.example.com")]
    [InlineData("https://pr-*.preview.example.com:8443", "https://pr-*.preview.example.com:8443")]
    [InlineData("http://*.localhost:3000", "http://*.localhost:3000")]
    public void An_origin_is_kept_as_a_browser_writes_it(string text, string expected)
    {
        Assert.True(OriginPattern.TryParse(text, out var pattern));
        Assert.Equal(expected, pattern.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("https://")]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com/path")]
    [InlineData("https://example.com?x")]
    [InlineData("https://example.com#x")]
    [InlineData("https://user@example.com")]
    [InlineData("https://exam ple.com")]
    [InlineData("https://example.com\r\nx: y")]
    [InlineData("https://example.com, https://other.com")]
    [InlineData("https://example.com:0")]
    [InlineData("https://example.com:70000")]
    [InlineData("https://example.com:")]
    [InlineData("https://example.com:*")]
    [InlineData("https://*")]
    [InlineData("https://*:8443")]
    [InlineData("*://example.com")]
    [InlineData("https://*.*.example.com")]
    [InlineData("https://a.*.example.com")]
    [InlineData("https://**.example.com")]
    [InlineData("https://.example.com")]
    [InlineData("https://example..com")]
    [InlineData("https://bücher.example")]
    [InlineData("https://[::1")]
    [InlineData("*.example.com")]
    public void What_is_no_origin_is_refused(string text) => Assert.False(OriginPattern.TryParse(text, out _));

    [Theory]
    [InlineData("https://*.example.com", "https://a.example.com", true)]
    [InlineData("https://*.example.com", "https://a.b.example.com", true)]
    [InlineData("https://*.example.com", "https://example.com", false)]
    [InlineData("https://*.example.com", "https://.example.com", false)]
    [InlineData("https://*.example.com", "https://a..example.com", false)]
    [InlineData("https://*.example.com", "https://evilexample.com", false)]
    [InlineData("https://*.example.com", "http://a.example.com", false)]
    [InlineData("https://*.example.com", "https://a.example.com:8443", false)]
    [InlineData("https://*.example.com", "https://a.example.com.evil.com", false)]
    [InlineData("https://*.example.com", "https://evil.com/.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.com#.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.com:1.example.com", false)]
    [InlineData("https://*.example.com", "https://user@a.example.com", false)]
    [InlineData("https://*.example.com", "https://a\r\nb.example.com", false)]
    [InlineData("https://*.example.com:8443", "https://a.example.com:8443", true)]
    [InlineData("https://pr-*.example.com", "https://pr-12.example.com", true)]
    [InlineData("https://pr-*.example.com", "https://pr-.example.com", false)]
    [InlineData("https://pr-*.example.com", "https://pr-1.evil.example.com", false)]
    [InlineData("https://*-pr.example.com", "https://x-pr.example.com", true)]
    [InlineData("https://example.com", "https://example.com", true)]
    [InlineData("https://example.com", "https://Example.com", false)]
    [InlineData("https://example.com", "https://example.com:443", false)]
    [InlineData("null", "null", true)]
    [InlineData("null", "https://example.com", false)]
    public void A_wildcard_stays_within_the_host(string pattern, string origin, bool expected)
    {
        Assert.True(OriginPattern.TryParse(pattern, out var parsed));
        Assert.Equal(expected, parsed.Matches(origin));
    }
}
