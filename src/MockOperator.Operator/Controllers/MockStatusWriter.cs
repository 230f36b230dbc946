using System.Text.Json;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Conditions;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// Writes the status of a mock when it says something new. What is merely on its way is not worth a write until it has taken
/// <see cref="Patience"/>: a new mock then costs one status write, once it is ready.
/// </summary>
public sealed class MockStatusWriter(ResourceClient client, EventPublisher events, TimeProvider time)
{
    /// <summary>How long a mock may be on its way before its status says so.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a mock that was ready with the revision it has now may be without word from its pods, as it is when the operator has restarted, before its
    /// status says so. Pods that say anything else are heard at once.
    /// </summary>
    public static readonly TimeSpan UnheardPatience = TimeSpan.FromSeconds(60);

    /// <summary>Writes the status if need be.</summary>
    /// <returns>
    /// When to look again, or null when the mock is as it should be. Most of what makes a mock ready wakes it; the looks are for what the operator cannot see.
    /// </returns>
    public async Task<TimeSpan?> WriteAsync(MockServer mock, MockMemory memory, MockObservation observed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(observed);
        DateTimeOffset now = time.GetUtcNow();
        MockServerStatus status = MockStatusBuilder.Build(mock, observed, now);
        Condition ready = status.Conditions![0];
        bool isReady = ready.Status == ConditionStatus.True;
        memory.NotReadySince = isReady ? null : memory.NotReadySince ?? now;
        bool isNoNews = ready.Reason == MockConditions.Progressing || (!isReady && IsSameVerdict(status, mock.Status?.Conditions));
        TimeSpan patience = IsUnheard(mock, status, observed) ? UnheardPatience : Patience;
        if (isNoNews && memory.NotReadySince is { } since && now - since < patience)
        {
            return new[] { patience - (now - since), observed.LookAgain }.Min();
        }

        MockServerStatus? before = memory.ForeignCalls is { } foreign && foreign == mock.Status?.Calls && status.Calls is null ? mock.Status with { Calls = null } : mock.Status;
        if (!AreEqual(status, before))
        {
            memory.ForeignCalls = status.Calls is null ? mock.Status?.Calls : null;
            var body = new MockServer
            {
                Metadata = new V1ObjectMeta { Name = mock.Metadata.Name, NamespaceProperty = mock.Metadata.NamespaceProperty },
                Status = status,
            };
            await client.ApplyStatusAsync(body, cancellationToken: cancellation);
        }

        await TellAsync(mock, memory, ready);
        TimeSpan? wait = isReady ? null : memory.Wait.Next($"{mock.Metadata.Generation} {ready.Reason}", now);
        return new[] { wait, observed.LookAgain }.Min();
    }

    private async Task TellAsync(MockServer mock, MockMemory memory, Condition ready)
    {
        // After a restart the status tells what was told before.
        string? told = memory.ToldReason ?? mock.Status?.Conditions?.FirstOrDefault(static condition => condition.Type == MockConditions.Ready)?.Reason;
        if (told != ready.Reason && ready.Reason != MockConditions.Progressing)
        {
            await events(mock, ready.Reason, ready.Message, ready.Status == ConditionStatus.True ? EventType.Normal : EventType.Warning);
        }

        memory.ToldReason = ready.Reason;
    }

    // After a restart the pods of a mock that is not ready for another reason have yet to be asked again: that is not worth a write.
    private static bool IsSameVerdict(MockServerStatus status, IReadOnlyList<Condition>? before) => before is not null
        && status.Conditions!.Where(static condition => condition.Type is SummaryConditions.Ready or SummaryConditions.Reconciling or SummaryConditions.Stalled).All(before.Contains);

    // All that is missing is the word of the pods, which had given it for this very revision.
    private static bool IsUnheard(MockServer mock, MockServerStatus now, MockObservation observed) =>
        mock.Status is { } before
        && before.ObservedGeneration == now.ObservedGeneration
        && before.Revision == now.Revision
        && before.Replicas == now.Replicas
        && before.ReadyReplicas == now.ReadyReplicas
        && IsTrue(before, MockConditions.Ready)
        && IsTrue(now, MockConditions.Available)
        && observed.Acknowledgements is { Stale.Count: 0 };

    private static bool IsTrue(MockServerStatus status, string type) =>
        status.Conditions?.Any(condition => condition.Type == type && condition.Status == ConditionStatus.True) is true;

    private static bool AreEqual(MockServerStatus left, MockServerStatus? right) =>
        right is not null && JsonElement.DeepEquals(
            JsonSerializer.SerializeToElement(left with { Conditions = ConditionList.Sorted(left.Conditions) }, ResourceJson.Default.MockServerStatus),
            JsonSerializer.SerializeToElement(right with { Conditions = ConditionList.Sorted(right.Conditions) }, ResourceJson.Default.MockServerStatus));
}
