using k8s.Models;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Client.Tests.Mocks;

public class MockSummaryTests
{
    [Theory]
    [InlineData(ConditionStatus.True, "Ready", null, MockState.Ready)]
    [InlineData(ConditionStatus.Unknown, "Pending", null, MockState.Waiting)]
    [InlineData(ConditionStatus.False, "Progressing", "Reconciling", MockState.Waiting)]
    [InlineData(ConditionStatus.False, "CollectionNotFound", "Reconciling", MockState.Failing)]
    [InlineData(ConditionStatus.False, "InvalidSpec", "Stalled", MockState.Stalled)]
    public void A_mock_is_as_its_conditions_say(ConditionStatus ready, string reason, string? beside, MockState expected)
    {
        var summary = MockSummary.Of(Mock(ready, reason, beside));

        Assert.Equal(expected, summary.State);
        var isWrong = expected is MockState.Failing or MockState.Stalled;
        Assert.Equal(isWrong ? reason : null, summary.Reason);
        Assert.Equal(isWrong ? "what is wrong" : null, summary.Problem);
    }

    [Theory]
    [InlineData(ConditionStatus.True, "Ready", null)]
    [InlineData(ConditionStatus.False, "InvalidSpec", "Stalled")]
    public void A_verdict_of_the_generation_before_is_none(ConditionStatus ready, string reason, string? beside) =>
        Assert.Equal(MockState.Waiting, MockSummary.Of(Mock(ready, reason, beside, observed: 1)).State);

    [Fact]
    public void A_mock_that_nobody_has_looked_at_waits() => Assert.Equal(MockState.Waiting, MockSummary.Of(new MockServer { Spec = new() }).State);

    [Fact]
    public void A_mock_that_is_to_have_no_pods_is_paused()
    {
        var mock = Mock(ConditionStatus.True, "Paused", null);
        mock.Spec = new() { Replicas = 0 };
        Assert.Equal(MockState.Paused, MockSummary.Of(mock).State);
    }

    [Fact]
    public void A_mock_that_goes_is_being_deleted()
    {
        var mock = Mock(ConditionStatus.True, "Ready", null);
        mock.Metadata.DeletionTimestamp = DateTime.UnixEpoch;
        Assert.Equal(MockState.Deleting, MockSummary.Of(mock).State);
    }

    private static MockServer Mock(ConditionStatus ready, string reason, string? beside, long observed = 2) => new()
    {
        Metadata = new V1ObjectMeta { Name = "users", Generation = 2 },
        Spec = new MockServerSpec(),
        Status = new MockServerStatus
        {
            ObservedGeneration = observed,
            Conditions =
            [
                new Condition { Type = "Ready", Status = ready, Reason = reason, Message = "what is wrong" },
                .. beside is null ? (Condition[])[] : [new Condition { Type = beside, Status = ConditionStatus.True, Reason = reason, Message = "what is wrong" }],
            ],
        },
    };
}
