using k8s.Models;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Content;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// Why a mock has not the pods that it should have, as far as the Deployment and its pods tell: the first of what refuses pods, what keeps one from starting, and what
/// takes too long. Pure. Events are not read: it would take a right to all of them, and one request for each pod.
/// </summary>
public static class PodTrouble
{
    /// <summary>Reason: pods are not let into the cluster at all.</summary>
    public const string Refused = "PodsRefused";

    /// <summary>Reason: there are pods, and they do not start.</summary>
    public const string NotStarting = "PodsNotStarting";

    /// <summary>How long a pod may be about to start, since its node took it, before something must be missing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int Longest = 500;

    /// <summary>Finds the trouble.</summary>
    /// <param name="deployment">The mock's Deployment; null when there is none.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="secrets">The Secrets that they mount.</param>
    /// <param name="now">The time.</param>
    /// <returns>Reason and message, with what to do about it; null when nothing complains.</returns>
    public static Unresolved? Of(V1Deployment? deployment, IEnumerable<V1Pod> pods, IReadOnlyList<MountedSecret> secrets, DateTimeOffset now)
    {
        if (ConditionOf(deployment, "ReplicaFailure", "True") is { } refused)
        {
            return new Unresolved(Refused, $"{BoundedText.Cut(refused.Message ?? "", Longest)}; {CureOf(refused.Message ?? "")}, and the pods come by themselves");
        }

        List<V1Pod> living = [.. pods.Where(static pod => pod.Metadata.DeletionTimestamp is null).OrderBy(static pod => pod.Metadata.Name, StringComparer.Ordinal)];
        string? trouble = living.Select(Complaint).FirstOrDefault(static complaint => complaint is not null)
            ?? living.Where(pod => IsStuck(pod, now)).Select(pod => Stuck(pod, secrets)).FirstOrDefault()
            ?? (ConditionOf(deployment, "Progressing", "False") is { Reason: "ProgressDeadlineExceeded" } late
                ? $"{late.Reason}: {BoundedText.Cut(late.Message ?? "", Longest)}; 'kubectl describe' of its pods says what they wait for"
                : null);
        return trouble is null ? null : new Unresolved(NotStarting, trouble);
    }

    private static V1DeploymentCondition? ConditionOf(V1Deployment? deployment, string type, string status) =>
        deployment?.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type && condition.Status == status);

    private static string CureOf(string message) =>
        message.Contains("exceeded quota", StringComparison.Ordinal) ? "raise the ResourceQuota, or lower spec.resources or spec.replicas"
        : message.Contains("PodSecurity", StringComparison.Ordinal) ? "take from spec.podTemplate what the Pod Security level of the namespace forbids, or change the level"
        : message.Contains("LimitRange", StringComparison.Ordinal) || message.Contains("usage per", StringComparison.Ordinal) ? "set spec.resources within the LimitRange"
        : "change what refuses them";

    private static string? Complaint(V1Pod pod)
    {
        V1PodCondition? unscheduled = pod.Status?.Conditions?.FirstOrDefault(static condition => condition is { Type: "PodScheduled", Status: "False" });
        V1ContainerStateWaiting? waiting = pod.Status?.ContainerStatuses?
            .Select(static container => container.State?.Waiting)
            .FirstOrDefault(static state => state is not null && !IsStarting(state));
        string? complaint = unscheduled is not null ? $"{unscheduled.Reason}: {unscheduled.Message}" : waiting is not null ? $"{waiting.Reason}: {waiting.Message}" : null;
        return complaint is null ? null : $"pod {pod.Metadata.Name}: {BoundedText.Cut(complaint, Longest)}";
    }

    private static bool IsStarting(V1ContainerStateWaiting waiting) => waiting.Reason is "ContainerCreating" or "PodInitializing";

    private static bool IsStuck(V1Pod pod, DateTimeOffset now) =>
        pod.Status is { Phase: "Pending", StartTime: { } taken }
        && now - new DateTimeOffset(DateTime.SpecifyKind(taken, DateTimeKind.Utc)) >= Patience
        && pod.Status.ContainerStatuses?.Any(static container => container.State?.Waiting is { } waiting && IsStarting(waiting)) == true;

    // Clusters of 1.29 and later say whether volumes and network are there; with others it may be the image.
    private static string Stuck(V1Pod pod, IReadOnlyList<MountedSecret> secrets)
    {
        bool isMounting = pod.Status.Conditions?.Any(static condition => condition is { Type: "PodReadyToStartContainers", Status: "False" }) == true;
        string[] needed = [.. secrets.Where(static secret => !secret.Optional).Select(static secret => $"'{secret.SecretName}'").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string suspect = needed.Length > 0 ? $"a Secret that it mounts may be missing ({string.Join(", ", needed)})" : "a volume cannot be mounted";
        return $"pod {pod.Metadata.Name} does not get further than ContainerCreating: {BoundedText.Cut(suspect, Longest)}{(isMounting ? "" : ", or its image is still being pulled")}; 'kubectl describe pod {pod.Metadata.Name}' says which";
    }
}
