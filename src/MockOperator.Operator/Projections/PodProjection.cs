using k8s.Models;
using MockOperator.Operator.Conditions;

namespace MockOperator.Operator.Projections;

/// <summary>What the store keeps of a pod: who it is, where it is, and how it does.</summary>
public static class PodProjection
{
    private const int MostConditions = 8;
    private const int MostContainers = 16;
    private const int LongestMessage = 512;

    /// <summary>A pod without its spec.</summary>
    public static V1Pod Of(V1Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        pod.Metadata = MetadataProjection.OfChild(pod.Metadata);
        pod.Spec = null;
        pod.Status = new V1PodStatus
        {
            Phase = pod.Status?.Phase,
            PodIP = pod.Status?.PodIP,
            StartTime = pod.Status?.StartTime,
            Conditions = [.. (pod.Status?.Conditions ?? [])
                .Where(static condition => condition.Type is "Ready" or "PodScheduled" || condition.Status == "False")
                .Take(MostConditions)
                .Select(static condition => new V1PodCondition { Type = Cut(condition.Type), Status = condition.Status, Reason = Cut(condition.Reason), Message = Cut(condition.Message) })],
            // Those that wait first, for they say what is wrong.
            ContainerStatuses = pod.Status?.ContainerStatuses?
                .OrderBy(static container => container.State?.Waiting is null)
                .Take(MostContainers)
                .Select(static container => new V1ContainerStatus
                {
                    Name = container.Name,
                    Ready = container.Ready,
                    Image = "",
                    ImageID = "",
                    RestartCount = container.RestartCount,
                    State = container.State?.Waiting is { } waiting
                        ? new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = Cut(waiting.Reason), Message = Cut(waiting.Message) } }
                        : null,
                }).ToList(),
        };
        return pod;
    }

    private static string? Cut(string? text) => text is null ? null : BoundedText.Cut(text, LongestMessage);
}
