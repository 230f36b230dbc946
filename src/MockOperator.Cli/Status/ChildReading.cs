using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MockOperator.Client.Workloads;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Status;

/// <summary>Reads the children of a mock: all that carries its label, but for pods. Kinds that the caller may not read are named, kinds that the cluster does not have are passed over.</summary>
/// <param name="client">Reads, with the caller's rights.</param>
/// <param name="mock">The mock.</param>
internal sealed class ChildReading(ResourceClient client, ObjectKey mock)
{
    private readonly List<string> _unseen = [];

    /// <summary>What could not be looked at, and why.</summary>
    public IReadOnlyList<string> Unseen => _unseen;

    /// <summary>Reads them, in the order of the way of a call.</summary>
    public async Task<IReadOnlyList<ChildState>> ReadAsync(CancellationToken cancellationToken)
    {
        var all = await Task.WhenAll(
            ListAsync<HttpRoute>(Describe, cancellationToken),
            ListAsync<Ingress>(Describe, cancellationToken),
            ListAsync<Service>(Describe, cancellationToken),
            ListAsync<Deployment>(Describe, cancellationToken),
            ListAsync<MetadataOf<V1ConfigMap>>(Describe, cancellationToken));
        return [.. all.SelectMany(children => children)];
    }

    private async Task<IEnumerable<ChildState>> ListAsync<T>(Func<T, ChildState> describe, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            var page = await client.ListPageAsync<T>(new ListQuery { Namespace = mock.Namespace, LabelSelector = $"mockoperator.dev/mock-server={mock.Name}", Limit = 100 }, cancellationToken);
            return page.Items.Select(describe);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
        {
            return [];
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden)
        {
            lock (_unseen)
                _unseen.Add($"{ResourceKind.Of<T>().Plural}: you may not list them in {mock.Namespace}");
            return [];
        }
    }

    private static ChildState Describe(Deployment one)
    {
        var (ready, wanted) = (one.Status?.ReadyReplicas ?? 0, one.Spec?.Replicas ?? 1);
        var failure = one.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "ReplicaFailure", Status: "True" } or { Type: "Progressing", Status: "False" });
        return new ChildState("Deployment", one.Metadata.Name, $"{ready}/{wanted} ready{(failure is null ? "" : $": {failure.Message}")}", failure is null && ready >= wanted);
    }

    private static ChildState Describe(Service one) => new(
        "Service", one.Metadata.Name, $"{one.Spec?.Type ?? "ClusterIP"} {one.Spec?.ClusterIP ?? "without an address"}, port {string.Join(", ", one.Spec?.Ports?.Select(port => port.Port) ?? [])}", null);

    private static ChildState Describe(Ingress one)
    {
        var addresses = one.Status?.LoadBalancer?.Ingress?.Select(address => address.Hostname ?? address.Ip).OfType<string>().ToList() ?? [];
        var hosts = string.Join(", ", one.Spec?.Rules?.Select(rule => rule.Host ?? "*").Distinct(StringComparer.Ordinal) ?? []);
        return new ChildState("Ingress", one.Metadata.Name, $"{hosts}{(one.Spec?.IngressClassName is { } name ? $" by {name}" : "")}: {(addresses.Count > 0 ? string.Join(", ", addresses) : "no address yet")}", addresses.Count > 0);
    }

    private static ChildState Describe(HttpRoute one)
    {
        var hosts = string.Join(", ", (one.Spec?["hostnames"] as JsonArray)?.Select(host => host?.ToString()) ?? []);
        var accepted = (one.Status?["parents"] as JsonArray)?.OfType<JsonObject>().SelectMany(parent => (parent["conditions"] as JsonArray)?.OfType<JsonObject>() ?? [])
            .Where(condition => condition["type"]?.ToString() == "Accepted").ToList() ?? [];
        var refused = accepted.Find(condition => condition["status"]?.ToString() != "True");
        return new ChildState(
            "HTTPRoute", one.Metadata.Name, $"{hosts}: {(refused is not null ? $"refused: {refused["message"]}" : accepted.Count > 0 ? "accepted" : "no Gateway has taken it yet")}", refused is null && accepted.Count > 0);
    }

    private static ChildState Describe(MetadataOf<V1ConfigMap> one) => new(
        "ConfigMap", one.Metadata.Name, one.Metadata.Annotations?.TryGetValue("mockoperator.dev/revision", out var revision) == true ? $"revision {revision}" : "content", null);
}
