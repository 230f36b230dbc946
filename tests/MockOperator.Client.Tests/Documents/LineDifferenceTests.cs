using MockOperator.Client.Documents;

namespace MockOperator.Client.Tests.Documents;

/// <summary>What a change in one place does to a text, by lines.</summary>
public sealed class LineDifferenceTests
{
    [Theory]
    [InlineData("a\nb\nc\nd\ne\nf\ng\nh", "a\nb\nc\nd\nX\ne\nf\ng\nh", 1, "b c d", "", "X", "e f g")]
    [InlineData("a\nb\nc", "a\nc", 0, "a", "b", "", "c")]
    [InlineData("a\nb", "a\nB", 0, "a", "b", "B", "")]
    [InlineData("a\nb\nb\nc", "a\nb\nb\nb\nc", 0, "a b b", "", "b", "c")]
    [InlineData("a\r\nb\r\n", "a\nc\n", 0, "a", "b", "c", "")]
    [InlineData("a\nb", "a\nb", 0, "a b", "", "", "")]
    public void It_is_told_with_three_lines_around_it(string before, string after, int first, string above, string removed, string added, string below)
    {
        var difference = LineDifference.Of(before, after);
        Assert.Equal((first, above, removed, added, below), (difference.First, Words(difference.Before), Words(difference.Removed), Words(difference.Added), Words(difference.After).Trim()));
    }

    [Fact]
    public void A_long_one_is_cut_and_says_so()
    {
        var difference = LineDifference.Of("", string.Join('\n', Enumerable.Range(1, 500))).AtMost(400);
        Assert.Equal(401, difference.Added.Count);
        Assert.Equal(("400", "… 100 more lines"), (difference.Added[399], difference.Added[400]));
    }

    private static string Words(IReadOnlyList<string> lines) => string.Join(' ', lines);
}
