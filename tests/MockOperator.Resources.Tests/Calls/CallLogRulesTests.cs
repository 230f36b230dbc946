namespace MockOperator.Resources.Tests.Calls;

public sealed class CallLogRulesTests
{
    [Fact]
    public void Nothing_said_is_right()
    {
        Assert.Empty(CallLogRules.Check(null));
        Assert.Empty(CallLogRules.Check(new CallLogSpec()));
    }

    [Theory]
    [InlineData("64Ki", 65_536)]
    [InlineData("65536", 65_536)]
    [InlineData("66k", 66_000)]
    [InlineData("1M", 1_000_000)]
    [InlineData("4Mi", 4_194_304)]
    [InlineData("256Mi", 268_435_456)]
    public void Memory_is_a_quantity(string text, int expected)
    {
        Assert.Empty(CallLogRules.Check(new CallLogSpec { Bytes = text }));
        Assert.True(CallLogRules.TryReadBytes(text, out int bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ki")]
    [InlineData("63Ki")]
    [InlineData("65535")]
    [InlineData("257Mi")]
    [InlineData("9999999999999999999Mi")]
    [InlineData("-4Mi")]
    [InlineData("4.5Mi")]
    [InlineData("4 Mi")]
    [InlineData("1Gi")]
    public void Other_memory_is_refused(string text) => Assert.Equal("callLog.bytes", Assert.Single(CallLogRules.Check(new CallLogSpec { Bytes = text })).Path);

    [Theory]
    [InlineData(0)]
    [InlineData(100_001)]
    public void The_number_of_calls_is_bounded(int entries) => Assert.Equal("callLog.entries", Assert.Single(CallLogRules.Check(new CallLogSpec { Entries = entries })).Path);

    [Fact]
    public void Names_of_headers_are_names_and_not_too_many()
    {
        Assert.Empty(CallLogRules.Check(new CallLogSpec { RedactHeaders = ["X-Session"] }));
        Assert.Single(CallLogRules.Check(new CallLogSpec { RedactHeaders = ["X-Session: 1"] }));
        Assert.Single(CallLogRules.Check(new CallLogSpec { RedactHeaders = [.. Enumerable.Range(0, 33).Select(static index => $"x-{index}")] }));
    }
}
