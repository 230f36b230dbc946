using MockOperator.Kubernetes.Caching;

namespace MockOperator.Kubernetes.Tests.Caching;

public sealed class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["app"] = "mock", ["tier"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=mock", true)]
    [InlineData("tier=", true)]
    [InlineData("app=other", false)]
    [InlineData("app=mock, tier=", true)]
    [InlineData("app=mock,absent=x", false)]
    public void A_selector_selects_as_the_server_does(string selector, bool expected) => Assert.Equal(expected, LabelSelector.Parse(selector).Matches(Labels));

    [Fact]
    public void An_object_without_labels_is_selected_by_nothing_but_everything()
    {
        Assert.True(LabelSelector.Parse(null).Matches(null));
        Assert.False(LabelSelector.Parse("a=b").Matches(null));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("app!=mock")]
    [InlineData("a=b=c")]
    [InlineData("a in (b)")]
    public void What_is_no_equality_is_refused_by_name(string selector) =>
        Assert.Contains(selector, Assert.Throws<FormatException>(() => LabelSelector.Parse(selector)).Message, StringComparison.Ordinal);
}
