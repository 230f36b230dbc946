using MockOperator.Runtime.Bundles;

namespace MockOperator.Runtime.Tests.Bundles;

public sealed class RevisionHistoryTests
{
    [Fact]
    public void The_one_not_heard_of_for_longest_is_forgotten_first()
    {
        var history = new RevisionHistory();
        for (int number = 0; number < RevisionHistory.Capacity; number++)
        {
            history.Add($"r{number}");
        }

        history.Add("r0");
        history.Add("one more");
        Assert.True(history.Contains("r0"));
        Assert.False(history.Contains("r1"));
        Assert.True(history.Contains("r2"));
    }

    [Fact]
    public void What_cannot_be_a_revision_is_left_out()
    {
        var history = new RevisionHistory();
        string longer = new('x', Resources.BundleTransfer.MaxRevisionLength + 1);
        history.Add(longer);
        history.Add("");
        Assert.False(history.Contains(longer));
        Assert.False(history.Contains(""));
    }
}
