using MockOperator.Operator.Allowances;

namespace MockOperator.Operator.Tests.Allowances;

public sealed class MetadataKeysTests
{
    [Theory]
    [InlineData("team", true)]
    [InlineData("app.kubernetes.io/part-of", true)]
    [InlineData("prometheus.io/port", true)]
    [InlineData("kubectl.kubernetes.io/default-container", true)]
    [InlineData("sidecar.istio.io/inject", false)]
    [InlineData("example.com/team", false)]
    [InlineData("mockoperator.dev/applied", false)]
    [InlineData("aadpodidbinding", false)]
    public void Only_keys_that_command_nothing_are_usual(string key, bool isAllowed) => Assert.Equal(isAllowed, MetadataKeys.Usual.Allows(key));

    [Fact]
    public void The_command_line_adds_single_keys_and_prefixes_as_a_whole()
    {
        Assert.True(MetadataKeys.TryParse(["example.com/team", "shop.example.com/*"], out MetadataKeys? keys, out string? problem), problem);

        Assert.True(keys.Allows("example.com/team"));
        Assert.False(keys.Allows("example.com/other"));
        Assert.True(keys.Allows("shop.example.com/anything"));
        Assert.False(keys.Allows("more.shop.example.com/anything"));
        Assert.True(keys.Allows("team"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("/x")]
    [InlineData("example.com/")]
    [InlineData("a/b/c")]
    [InlineData("example.com/te*")]
    public void What_is_neither_a_key_nor_a_prefix_is_refused(string text)
    {
        Assert.False(MetadataKeys.TryParse([text], out _, out string? problem));
        Assert.Contains($"'{text}'", problem, StringComparison.Ordinal);
    }
}
