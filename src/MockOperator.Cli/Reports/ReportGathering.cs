using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Versions;
using MockOperator.Client.Ports;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Forwarding;

namespace MockOperator.Cli.Reports;

/// <summary>Gathers what helps to find out what is wrong: the mocks with their children, events and logs, and the operator. Secrets are not asked for, and what cannot be read is noted.</summary>
/// <param name="call">Whose cluster.</param>
/// <param name="archive">Where to.</param>
/// <param name="logLines">Lines of each log.</param>
internal sealed class ReportGathering(ClusterCall call, ReportArchive archive, int logLines)
{
    private const string Children = "app.kubernetes.io/managed-by=mock-operator";
    private const string Runtimes = "app.kubernetes.io/name=mock-runtime";
    private const int OperatorMetrics = 8080;
    private const int MostPods = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly RawReading _raw = new(call.Cluster.Api.Transport);
    private readonly List<string> _unread = [];

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<string> Unread => _unread;

    /// <summary>Gathers the mocks of a namespace.</summary>
    /// <param name="ns">The namespace; null for all.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task GatherMocksAsync(string? ns, CancellationToken cancellationToken)
    {
        await ListAsync(ResourceKind.Of<MockServer>(), ns, null, cancellationToken);
        await ListAsync(ResourceKind.Of<Collection>(), ns, null, cancellationToken);
        await ListAsync(ResourceKind.Of<MockQuota>(), ns, null, cancellationToken);
        await ListAsync(ResourceKind.Of<V1Deployment>(), ns, Children, cancellationToken);
        await ListAsync(ResourceKind.Of<V1ReplicaSet>(), ns, Runtimes, cancellationToken);
        await ListAsync(ResourceKind.Of<V1Service>(), ns, Children, cancellationToken);
        await ListAsync(ResourceKind.Of<V1Ingress>(), ns, Children, cancellationToken);
        await ListAsync(ResourceKind.Of<HttpRoute>(), ns, Children, cancellationToken);
        // The content of ConfigMaps is what users serve: that they are there is enough.
        await ListAsync(ResourceKind.Of<V1ConfigMap>(), ns, Children, cancellationToken, metadataOnly: true);
        await GatherEventsAsync(ns, cancellationToken);
        await GatherLogsAsync(await ListAsync(ResourceKind.Of<V1Pod>(), ns, Runtimes, cancellationToken), cancellationToken);
    }

    /// <summary>Gathers operator, definitions and versions, as far as the caller may read them.</summary>
    public async Task GatherOperatorAsync(CancellationToken cancellationToken)
    {
        await ListAsync(ResourceKind.Of<V1CustomResourceDefinition>(), null, "app.kubernetes.io/name=mock-operator", cancellationToken, metadataOnly: true);
        await ListAsync(ResourceKind.Of<V1Deployment>(), null, MetVersions.OperatorSelector, cancellationToken);
        var pods = await ListAsync(ResourceKind.Of<V1Pod>(), null, MetVersions.OperatorSelector, cancellationToken);
        await GatherLogsAsync(pods, cancellationToken);
        foreach (var pod in pods.Take(MostPods))
            await GatherMetricsAsync(Key(pod), cancellationToken);
    }

    /// <summary>Adds a note of what could not be read.</summary>
    public Task NoteAsync(CancellationToken cancellationToken) =>
        archive.AddAsync("unread.txt", _unread.Count == 0 ? "Everything that was asked for could be read." : string.Join('\n', _unread), cancellationToken);

    private static ObjectKey Key(JsonObject entity) => new(entity["metadata"]?["namespace"]?.ToString() ?? "", entity["metadata"]?["name"]?.ToString() ?? "");

    private async Task<List<JsonObject>> ListAsync(ResourceKind kind, string? ns, string? selector, CancellationToken cancellationToken, bool metadataOnly = false)
    {
        try
        {
            var items = await _raw.ListAsync(kind.Path(ns), selector, metadataOnly, cancellationToken);
            foreach (var item in items)
            {
                var key = Key(item);
                (item["apiVersion"], item["kind"]) = (kind.ApiVersion, kind.Kind);
                await archive.AddAsync($"{(key.Namespace.Length == 0 ? "cluster" : $"namespaces/{key.Namespace}")}/{kind.Plural}/{key.Name}.yaml", item, cancellationToken);
            }

            return items;
        }
        catch (ApiException e) when (e.Kind is ApiFailure.Forbidden or ApiFailure.NotFound or ApiFailure.Other)
        {
            _unread.Add(e.Kind == ApiFailure.NotFound ? $"{kind.Plural}: the cluster has none of this kind, {kind.Group}/{kind.Version}" : $"{kind.Plural}: {Redaction.Text(e.Message)}");
            return [];
        }
    }

    private async Task GatherEventsAsync(string? ns, CancellationToken cancellationToken)
    {
        var kind = ResourceKind.Of<Corev1Event>();
        try
        {
            var events = await _raw.ListAsync(kind.Path(ns), null, metadataOnly: false, cancellationToken);
            foreach (var group in events.Where(IsOfMocks).GroupBy(one => Key(one).Namespace, StringComparer.Ordinal))
            {
                var list = new JsonArray([.. group.Select(one => one.DeepClone())]);
                await archive.AddAsync($"namespaces/{group.Key}/events.yaml", list, cancellationToken);
            }
        }
        catch (ApiException e) when (e.Kind is ApiFailure.Forbidden or ApiFailure.NotFound)
        {
            _unread.Add($"events: {Redaction.Text(e.Message)}");
        }
    }

    private static bool IsOfMocks(JsonObject one) =>
        (one["involvedObject"] ?? one["regarding"]) is JsonObject subject
        && (subject["apiVersion"]?.ToString().StartsWith("mockoperator.dev/", StringComparison.Ordinal) == true
            || subject["name"]?.ToString() is { } name && (name.EndsWith("-mock", StringComparison.Ordinal) || name.Contains("-mock-", StringComparison.Ordinal)));

    private async Task GatherLogsAsync(List<JsonObject> pods, CancellationToken cancellationToken)
    {
        foreach (var pod in pods.Take(MostPods))
        {
            var key = Key(pod);
            foreach (var container in (pod["spec"]?["containers"] as JsonArray ?? []).Select(one => one?["name"]?.ToString()).OfType<string>())
            {
                var restarted = (pod["status"]?["containerStatuses"] as JsonArray ?? []).Any(one => one?["name"]?.ToString() == container && one["restartCount"]?.ToString() is not (null or "0"));
                await GatherLogAsync(key, container, ofPrevious: false, cancellationToken);
                if (restarted)
                    await GatherLogAsync(key, container, ofPrevious: true, cancellationToken);
            }
        }
    }

    private async Task GatherLogAsync(ObjectKey pod, string container, bool ofPrevious, CancellationToken cancellationToken)
    {
        try
        {
            var log = await _raw.LogAsync(pod.Namespace, pod.Name, container, logLines, ofPrevious, cancellationToken);
            await archive.AddAsync($"namespaces/{pod.Namespace}/logs/{pod.Name}/{container}{(ofPrevious ? ".previous" : "")}.log", log, cancellationToken);
        }
        catch (ApiException e) when (e.Kind != ApiFailure.Unavailable || e.Code != default)
        {
            _unread.Add($"log of {pod}: {Redaction.Text(e.Message)}");
        }
    }

    private async Task GatherMetricsAsync(ObjectKey pod, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, call.Cluster.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var http = new MockPorts(call.Cluster, pod).Connect(pod.Name, OperatorMetrics);
            await archive.AddAsync($"namespaces/{pod.Namespace}/metrics/{pod.Name}.txt", await http.GetStringAsync("/metrics", either.Token), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException or OperationCanceledException)
        {
            _unread.Add($"metrics of {pod}: {Redaction.Text(PodPortException.In(e)?.Message ?? e.Message)}");
        }
    }
}
