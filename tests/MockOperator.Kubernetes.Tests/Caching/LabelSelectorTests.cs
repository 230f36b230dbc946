using MockOperator.Kubernetes.Caching;

namespace MockOperator.Kubernetes.Tests.Caching;

public sealed class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["app"] = "mock", ["tier"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=mock", true)]
    [InlineData("app==mock", true)]
    [InlineData("app=other", false)]
    [InlineData("app!=mock", false)]
    [InlineData("app!=other", true)]
    [InlineData("absent!=x", true)]
    [InlineData("app", true)]
    [InlineData("absent", false)]
    [InlineData("!absent", true)]
    [InlineData("!app", false)]
    [InlineData("app in (mock, other)", true)]
    [InlineData("app in (other)", false)]
    [InlineData("app notin (mock,other)", false)]
    [InlineData("absent notin (mock)", true)]
    [InlineData("app=mock,!absent,app in (a,mock)", true)]
    [InlineData("app=mock,absent", false)]
    public void A_selector_selects_as_the_server_does(string selector, bool expected) => Assert.Equal(expected, LabelSelector.Parse(selector).Matches(Labels));

    [Fact]
    public void Nothing_is_required_of_an_object_without_labels() => Assert.True(LabelSelector.Parse("!a,b!=c").Matches(null));

    [Theory]
    [InlineData("a b")]
    [InlineData("a=b=c")]
    [InlineData("a of (b)")]
    [InlineData(",")]
    public void A_selector_that_is_none_is_refused_by_name(string selector) => Assert.Throws<FormatException>(() => LabelSelector.Parse(selector));
}
