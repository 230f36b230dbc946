using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Stores;

namespace MockOperator.Operator.Controllers;

/// <summary>The pods of a mock: which are its own, which can be asked, and which must refresh their files.</summary>
public sealed class PodWatch(ResourceClient client, OperatorStores stores)
{
    /// <summary>The pods that run and are not about to end.</summary>
    public IReadOnlyList<RuntimePod> Running(MockServer mock) => Reachable(mock, static pod => pod.Metadata.DeletionTimestamp is null);

    /// <summary>The pods that run, those that are about to end included: they have yet to tell what they answered.</summary>
    public IReadOnlyList<RuntimePod> Counting(MockServer mock) => Reachable(mock, static _ => true);

    private IReadOnlyList<RuntimePod> Reachable(MockServer mock, Func<V1Pod, bool> which) =>
    [
        .. Of(mock)
            .Where(which)
            .Where(static pod => pod.Status?.Phase == "Running" && !string.IsNullOrEmpty(pod.Status.PodIP))
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

    /// <summary>The mock's Deployment as the store has it; null when there is none, or one of somebody else.</summary>
    public V1Deployment? DeploymentOf(MockServer mock) =>
        stores.Deployments.Get(mock.Metadata.NamespaceProperty, ChildNames.Workload(mock.Metadata.Name)) is { } deployment
        && ChildMetadata.IsOwned(deployment.Metadata, mock.Metadata.Uid)
            ? deployment
            : null;

    /// <summary>All pods of a mock, whatever their state.</summary>
    /// <remarks>
    /// Labels are anybody's to give: a pod is the mock's if a ReplicaSet controls it that the mock's Deployment controls. Both are looked up by name and compared by UID, in
    /// stores that are kept anyway or hold metadata alone, so that it costs no request. Who may create pods and knows the UIDs can still claim a ReplicaSet as the owner; the
    /// cluster then counts that pod as the Deployment's own, too, and removes one that is too many.
    /// </remarks>
    public IEnumerable<V1Pod> Of(MockServer mock) => DeploymentOf(mock) is { } deployment
        ? stores.Pods.ByIndex(OperatorStores.ByMock, OperatorStores.In(mock.Metadata.NamespaceProperty, mock.Metadata.Name)).Where(pod => IsOf(deployment, pod))
        : [];

    private bool IsOf(V1Deployment deployment, V1Pod pod) =>
        pod.Metadata.OwnerReferences?.FirstOrDefault(static owner => owner.Controller == true) is { Kind: V1ReplicaSet.KubeKind } claimed
        && stores.ReplicaSets.Get(pod.Metadata.NamespaceProperty, claimed.Name) is { } owner
        && owner.Metadata.Uid == claimed.Uid
        && ChildMetadata.IsOwned(owner.Metadata, deployment.Metadata.Uid);
}
