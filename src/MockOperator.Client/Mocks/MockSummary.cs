using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>What a line of a list says of a mock.</summary>
public sealed record MockSummary
{
    // As docs/gitops.md has them.
    private const string ReadyType = "Ready";
    private const string StalledType = "Stalled";
    private const string ProgressingReason = "Progressing";

    /// <summary>The mock.</summary>
    public required ListedMock Mock { get; init; }

    /// <summary>How it is.</summary>
    public required MockState State { get; init; }

    /// <summary>What is wrong, in a sentence; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>Reason of the condition that says so; null when nothing is wrong.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc cref="Of(ListedMock)"/>
    public static MockSummary Of(MockServer mock) => Of(ListedMock.Of(mock));

    /// <summary>Reads a mock's status.</summary>
    /// <param name="mock">The mock.</param>
    /// <returns>The summary.</returns>
    public static MockSummary Of(ListedMock mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        var ready = Find(mock, ReadyType);
        var (state, reason) = Judge(mock, ready);
        var isWrong = state is MockState.Failing or MockState.Stalled;
        return new MockSummary { Mock = mock, State = state, Reason = isWrong ? reason : null, Problem = isWrong ? ready!.Message : null };
    }

    private static (MockState State, string? Reason) Judge(ListedMock mock, ListedCondition? ready)
    {
        if (mock.Metadata.DeletionTimestamp is not null)
            return (MockState.Deleting, null);

        // What was said of another generation says nothing of this one: kstatus waits for it as well.
        if (ready is null || mock.Status!.ObservedGeneration is not { } observed || observed < (mock.Metadata.Generation ?? 0))
            return (MockState.Waiting, null);
        return ready.Status switch
        {
            ConditionStatus.True => (mock.Spec?.Replicas == 0 ? MockState.Paused : MockState.Ready, null),
            ConditionStatus.Unknown => (MockState.Waiting, null),
            _ when Find(mock, StalledType) is { Status: ConditionStatus.True } => (MockState.Stalled, ready.Reason),
            _ => (ready.Reason == ProgressingReason ? MockState.Waiting : MockState.Failing, ready.Reason),
        };
    }

    private static ListedCondition? Find(ListedMock mock, string type) => mock.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);
}
