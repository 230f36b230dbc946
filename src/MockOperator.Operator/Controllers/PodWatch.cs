using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Content;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Kinds;

namespace MockOperator.Operator.Controllers;

/// <summary>The pods of a mock: which can be asked, which must refresh their files, and why some do not start.</summary>
public sealed class PodWatch(ResourceClient client, OperatorStores stores)
{
    private const int LongestTrouble = 300;

    /// <summary>The pods that run and are not about to end.</summary>
    public IReadOnlyList<RuntimePod> Running(MockServer mock) =>
    [
        .. PodsOf(mock)
            .Where(static pod => pod.Metadata.DeletionTimestamp is null && pod.Status?.Phase == "Running" && !string.IsNullOrEmpty(pod.Status.PodIP))
            .Select(static pod => new RuntimePod(
                pod.Metadata.NamespaceProperty,
                pod.Metadata.Name,
                pod.Metadata.Uid,
                pod.Status.PodIP,
                pod.Metadata.Annotations?.TryGetValue(ChildLabels.BundleRevision, out string? revision) == true ? revision : null)),
    ];

    /// <summary>
    /// Names the revision in the annotations of pods, which makes their kubelets refresh the mounted files at once instead of within a minute or so.
    /// </summary>
    public async Task NudgeAsync(IReadOnlyList<RuntimePod> pods, string revision, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pods);
        var annotations = new Dictionary<string, string?>(StringComparer.Ordinal) { [ChildLabels.BundleRevision] = revision };
        await Task.WhenAll(pods
            .Where(pod => pod.AnnotatedRevision != revision)
            .Select(pod => client.AnnotateAsync<V1Pod>(new ObjectKey(pod.Namespace, pod.Name), annotations, cancellation)));
    }

    /// <summary>Makes the kubelets of pods refresh their mounted Secrets at once.</summary>
    public Task NudgeKeysAsync(IReadOnlyList<RuntimePod> pods, string stamp, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pods);
        var annotations = new Dictionary<string, string?>(StringComparer.Ordinal) { [ChildLabels.KeysAwaited] = stamp };
        return Task.WhenAll(pods.Select(pod => client.AnnotateAsync<V1Pod>(new ObjectKey(pod.Namespace, pod.Name), annotations, cancellation)));
    }

    /// <summary>Why a pod does not start, as its conditions and containers tell; null when none complains.</summary>
    public string? Trouble(MockServer mock)
    {
        foreach (V1Pod pod in PodsOf(mock).Where(static pod => pod.Metadata.DeletionTimestamp is null).OrderBy(static pod => pod.Metadata.Name, StringComparer.Ordinal))
        {
            V1PodCondition? unscheduled = pod.Status?.Conditions?.FirstOrDefault(static condition => condition is { Type: "PodScheduled", Status: "False" });
            V1ContainerStateWaiting? waiting = pod.Status?.ContainerStatuses?
                .Select(static container => container.State?.Waiting)
                .FirstOrDefault(static state => state is not null && state.Reason is not ("ContainerCreating" or "PodInitializing"));
            string? trouble = unscheduled is not null ? $"{unscheduled.Reason}: {unscheduled.Message}" : waiting is not null ? $"{waiting.Reason}: {waiting.Message}" : null;
            if (trouble is not null)
            {
                return IssueText.Cut($"pod {pod.Metadata.Name}: {trouble}", LongestTrouble);
            }
        }

        return null;
    }

    private IReadOnlyList<V1Pod> PodsOf(MockServer mock) =>
        stores.Pods.ByIndex(OperatorStores.ByMock, OperatorStores.In(mock.Metadata.NamespaceProperty, mock.Metadata.Name));
}
