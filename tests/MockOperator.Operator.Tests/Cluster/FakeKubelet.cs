using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MockOperator.Operator.Control;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>
/// Plays the rest of a cluster: gives each Deployment its pods, refreshes the files of a pod when it is annotated, and answers on control ports with the
/// revision of the bundle that the pod has mounted or was pushed.
/// </summary>
internal sealed class FakeKubelet : IPodDialer, IBundleCourier, IQuotaCourier
{
    private readonly FakeCluster _cluster;
    private readonly ConcurrentDictionary<string, string> _mounted = new(StringComparer.Ordinal);
    private volatile bool _isFrozen;
    private volatile bool _isSilent;

    public FakeKubelet(FakeCluster cluster)
    {
        _cluster = cluster;
        cluster.Written = Written;
    }

    /// <summary>While set, Deployments get no pods.</summary>
    public bool IsFrozen { get => _isFrozen; set => _isFrozen = value; }

    /// <summary>While set, pods do not answer on their control ports.</summary>
    public bool IsSilent { get => _isSilent; set => _isSilent = value; }

    /// <summary>The status that new pods have; null for pods that run.</summary>
    public JsonObject? State { get; set; }

    /// <summary>What pods say instead of taking a revision, by revision.</summary>
    public ConcurrentDictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>Why pods that serve their revision refuse every call, by pod.</summary>
    public ConcurrentDictionary<string, string> KeyProblems { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Tokens { get; } = new();

    /// <summary>The pods that were shown a token, once for each time.</summary>
    public ConcurrentQueue<string> Trusted { get; } = new();

    public async Task<RevisionReply> AskAsync(RuntimePod pod, string token, string revision, TimeSpan wait, CancellationToken cancellation)
    {
        Tokens.Enqueue(token);
        Trusted.Enqueue(pod.Name);
        if (IsSilent)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        for (int attempt = 0; attempt < 50; attempt++)
        {
            string mounted = _mounted.GetValueOrDefault(pod.Name, "");
            if (mounted == revision || Problems.ContainsKey(revision))
            {
                return new RevisionReply(Problems.ContainsKey(revision) ? "" : mounted, 1, Problems.GetValueOrDefault(revision) ?? KeyProblems.GetValueOrDefault(pod.Name));
            }

            await Task.Delay(10, cancellation);
        }

        return new RevisionReply(_mounted.GetValueOrDefault(pod.Name, ""), 1, null);
    }

    /// <summary>Pods and what was pushed to them.</summary>
    public ConcurrentQueue<(string Pod, BundleParcel Parcel)> Pushed { get; } = new();

    /// <summary>Called before a push is taken: what the cluster is like then, or why it is refused.</summary>
    public Action<RuntimePod, BundleParcel>? Pushing { get; set; }

    public Task PushAsync(RuntimePod pod, string token, BundleParcel parcel, CancellationToken cancellation)
    {
        Tokens.Enqueue(token);
        Trusted.Enqueue(pod.Name);
        Pushed.Enqueue((pod.Name, parcel));
        Pushing?.Invoke(pod, parcel);
        _mounted[pod.Name] = parcel.Revision;
        return Task.CompletedTask;
    }

    /// <summary>The processes in the pods, by the pods' names, that answer calls; null before the first exchange.</summary>
    public CountingPods Counting { get; } = new();

    public Task<QuotaReport> ExchangeAsync(RuntimePod pod, string token, QuotaInstructions instructions, CancellationToken cancellation) =>
        Counting.ExchangeAsync(pod, instructions, IsSilent, cancellation);

    public void Run(string deployment)
    {
        JsonObject found = _cluster.Find("deployments", deployment)!;
        string mock = (string)found["metadata"]!["labels"]!["mockoperator.dev/mock-server"]!;
        int replicas = (int)found["spec"]!["replicas"]!;
        string set = $"{deployment}-set";
        var labels = (JsonObject)found["spec"]!["template"]!["metadata"]!["labels"]!;
        JsonObject owner = _cluster.Find("replicasets", set) ?? _cluster.Put("replicasets", set, Owned(labels, "Deployment", found));
        for (int number = 0; number < replicas; number++)
        {
            string name = $"{deployment}-{number}";
            if (_cluster.Find("pods", name) is null)
            {
                Refresh(name, mock);
                _cluster.Put(
                    "pods",
                    name,
                    Owned(labels, "ReplicaSet", owner),
                    State?.DeepClone().AsObject() ?? new JsonObject { ["phase"] = "Running", ["podIP"] = $"10.0.0.{number + 1}" });
            }
        }

        for (int number = replicas; _cluster.Find("pods", $"{deployment}-{number}") is not null; number++)
        {
            _cluster.Remove("pods", $"{deployment}-{number}");
        }

        _cluster.Put("deployments", deployment, [], new JsonObject
        {
            ["observedGeneration"] = (long)found["metadata"]!["generation"]!,
            ["replicas"] = replicas,
            ["updatedReplicas"] = replicas,
            ["readyReplicas"] = State is null ? replicas : 0,
            ["availableReplicas"] = State is null ? replicas : 0,
        });
    }

    /// <summary>The metadata of an object that another controls.</summary>
    public static JsonObject Owned(JsonObject labels, string kind, JsonObject owner) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["labels"] = labels.DeepClone(),
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = kind,
                ["name"] = (string)owner["metadata"]!["name"]!,
                ["uid"] = (string)owner["metadata"]!["uid"]!,
                ["controller"] = true,
            }),
        },
    };

    private void Written(string plural, JsonObject written)
    {
        string name = (string)written["metadata"]!["name"]!;
        if (plural == "deployments" && !IsFrozen)
        {
            Run(name);
        }
        else if (plural == "pods")
        {
            Refresh(name, (string)written["metadata"]!["labels"]!["mockoperator.dev/mock-server"]!);
        }
    }

    private void Refresh(string pod, string mock) =>
        _mounted[pod] = (string?)_cluster.Find("configmaps", mock + "-mock-bundle")?["metadata"]?["annotations"]?["mockoperator.dev/revision"] ?? "";
}
