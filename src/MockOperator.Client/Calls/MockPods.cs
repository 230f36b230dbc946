using k8s.Models;
using MockOperator.Client.Workloads;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Calls;

/// <summary>Finds the pods of a mock.</summary>
/// <remarks>
/// Running pods with the labels that the operator gives them, and of those the ones that a ReplicaSet of the mock's Deployment controls: whoever may create pods can give them any labels. A caller
/// who may not read Deployments and ReplicaSets is not refused for that: then the labels have to do, and what is found says so. All that such a pod could do is to tell of calls that nobody made.
/// </remarks>
/// <param name="client">Reads, with the caller's rights: <c>list</c> on Pods; <c>get</c> on Deployments and <c>list</c> on ReplicaSets to be sure.</param>
/// <param name="mock">The mock.</param>
public sealed class MockPods(ResourceClient client, ObjectKey mock)
{
    /// <summary>Most pods of a mock that are asked.</summary>
    public const int Most = 100;

    /// <summary>The labels of the pods of a mock, as the operator's Deployments select them.</summary>
    /// <param name="mock">Name of the mock.</param>
    /// <returns>A label selector.</returns>
    public static string Selector(string mock) => $"app.kubernetes.io/name=mock-runtime,mockoperator.dev/mock-server={mock}";

    /// <summary>Name of the Deployment of a mock.</summary>
    /// <param name="mock">Name of the mock.</param>
    /// <returns>The name.</returns>
    public static string Deployment(string mock) => mock + "-mock";

    /// <summary>Reads all pods of the mock, whatever state they are in.</summary>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The pods, ordered by name, at most <see cref="Most"/>.</returns>
    /// <exception cref="ApiException">Pods cannot be listed.</exception>
    public async Task<IReadOnlyList<Pod>> ListAsync(CancellationToken cancellationToken = default)
    {
        var all = new List<Pod>();
        await foreach (var pod in client.ListAsync<Pod>(new ListQuery { Namespace = mock.Namespace, LabelSelector = Selector(mock.Name) }, cancellationToken))
            all.Add(pod);
        var owners = await OwnersAsync(cancellationToken);
        return [.. all.Where(pod => IsOwned(pod.Metadata, owners)).OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>Finds those that run.</summary>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The pods, ordered by name.</returns>
    /// <exception cref="ApiException">Pods cannot be listed.</exception>
    internal async Task<FoundPods> FindAsync(CancellationToken cancellationToken)
    {
        var running = new List<V1ObjectMeta>();
        var query = new ListQuery { Namespace = mock.Namespace, LabelSelector = Selector(mock.Name), FieldSelector = "status.phase=Running" };
        await foreach (var pod in client.ListAsync<MetadataOf<V1Pod>>(query, cancellationToken))
            running.Add(pod.Metadata);

        var owners = await OwnersAsync(cancellationToken);
        var pods = running
            .Where(pod => IsOwned(pod, owners))
            .OrderBy(pod => pod.Name, StringComparer.Ordinal)
            .Select(pod => new FoundPods.Pod(pod.Name, pod.Uid ?? pod.Name))
            .ToList();
        return new FoundPods([.. pods.Take(Most)], [.. pods.Skip(Most)], owners is not null);
    }

    /// <summary>UIDs of the ReplicaSets of the mock's Deployment; null when the caller may not know.</summary>
    private async Task<HashSet<string>?> OwnersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deployment = await client.GetAsync<MetadataOf<V1Deployment>>(new ObjectKey(mock.Namespace, Deployment(mock.Name)), cancellationToken);
            var owners = new HashSet<string>(StringComparer.Ordinal);
            if (deployment?.Metadata is not { } found || Controller(found) is not { Kind: "MockServer" } owner || owner.Name != mock.Name)
                return owners;

            await foreach (var set in client.ListAsync<MetadataOf<V1ReplicaSet>>(new ListQuery { Namespace = mock.Namespace, LabelSelector = Selector(mock.Name) }, cancellationToken))
            {
                if (Controller(set.Metadata) is { Kind: "Deployment" } controller && controller.Uid == found.Uid)
                    owners.Add(set.Metadata.Uid);
            }

            return owners;
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden)
        {
            return null;
        }
    }

    private static bool IsOwned(V1ObjectMeta pod, HashSet<string>? owners) => owners is null || (Controller(pod) is { Kind: "ReplicaSet" } owner && owners.Contains(owner.Uid));

    private static V1OwnerReference? Controller(V1ObjectMeta child) => child.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);
}
