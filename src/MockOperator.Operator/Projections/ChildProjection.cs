using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Caching;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Projections;

/// <summary>What the stores keep of the children of mocks: whose they are, what was applied to them, and how they do.</summary>
public static class ChildProjection
{
    private const int MostAddresses = 4;
    private const int MostParents = 16;
    private const int LongestMessage = 1024;

    /// <summary>A Deployment without its template.</summary>
    public static V1Deployment Of(V1Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        V1DeploymentStatus? status = deployment.Status;
        KeepOwnership(deployment);
        deployment.Spec = new V1DeploymentSpec { Replicas = deployment.Spec?.Replicas };
        deployment.Status = new V1DeploymentStatus
        {
            ObservedGeneration = status?.ObservedGeneration,
            Replicas = status?.Replicas,
            UpdatedReplicas = status?.UpdatedReplicas,
            ReadyReplicas = status?.ReadyReplicas,
            AvailableReplicas = status?.AvailableReplicas,
            Conditions = status?.Conditions?
                .Where(static condition => condition.Type is "Progressing" or "ReplicaFailure")
                .Take(2)
                .Select(static condition => new V1DeploymentCondition { Type = condition.Type, Status = condition.Status, Reason = Cut(condition.Reason), Message = Cut(condition.Message) })
                .ToList() is { Count: > 0 } conditions ? conditions : null,
        };
        return deployment;
    }

    /// <summary>A Service without its spec.</summary>
    public static V1Service Of(V1Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        KeepOwnership(service);
        service.Spec = null;
        service.Status = null;
        return service;
    }

    /// <summary>A ServiceAccount, of which the metadata says all.</summary>
    public static V1ServiceAccount Of(V1ServiceAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        KeepOwnership(account);
        account.Secrets = null;
        account.ImagePullSecrets = null;
        return account;
    }

    /// <summary>An Ingress without its spec, with the first of its addresses.</summary>
    public static V1Ingress Of(V1Ingress ingress)
    {
        ArgumentNullException.ThrowIfNull(ingress);
        IList<V1IngressLoadBalancerIngress>? addresses = ingress.Status?.LoadBalancer?.Ingress;
        KeepOwnership(ingress);
        ingress.Spec = null;
        ingress.Status = addresses is { Count: > 0 }
            ? new V1IngressStatus
            {
                LoadBalancer = new V1IngressLoadBalancerStatus
                {
                    Ingress = [.. addresses.Take(MostAddresses).Select(static address => new V1IngressLoadBalancerIngress { Hostname = Cut(address.Hostname), Ip = Cut(address.Ip) })],
                },
            }
            : null;
        return ingress;
    }

    /// <summary>An HTTPRoute without its spec, with what its Gateways say of accepting it.</summary>
    public static HttpRoute Of(HttpRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        var parents = new JsonArray([.. RouteAcceptance.Of(route).Take(MostParents).Select(Parent)]);
        KeepOwnership(route);
        route.Spec = null;
        route.Status = parents.Count > 0 ? new JsonObject { ["parents"] = parents } : null;
        return route;
    }

    /// <summary>A Middleware without its spec.</summary>
    public static TraefikMiddleware Of(TraefikMiddleware middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        KeepOwnership(middleware);
        middleware.Spec = null;
        return middleware;
    }

    private static JsonObject Parent(RouteAcceptance said)
    {
        var condition = new JsonObject { ["type"] = "Accepted", ["status"] = said.IsAccepted ? "True" : "False", ["reason"] = said.Reason, ["message"] = said.Message };
        if (said.Generation is { } generation)
            condition["observedGeneration"] = generation;
        return new JsonObject { ["parentRef"] = Reference(said.Parent), ["conditions"] = new JsonArray(condition) };
    }

    private static JsonObject Reference(GatewayParentReference parent)
    {
        var reference = new JsonObject { ["name"] = parent.Name };
        foreach ((string field, JsonNode? value) in new (string, JsonNode?)[] { ("group", parent.Group), ("kind", parent.Kind), ("namespace", parent.Namespace), ("sectionName", parent.SectionName), ("port", (long?)parent.Port) })
        {
            if (value is not null)
                reference[field] = value;
        }

        return reference;
    }

    private static void KeepOwnership<T>(T entity)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ObjectTrimming.KeepingOwnership<T>(ChildLabels.Manager)(entity);
        IList<V1ManagedFieldsEntry>? ours = entity.Metadata.ManagedFields;
        entity.Metadata = MetadataProjection.OfChild(entity.Metadata);
        entity.Metadata.ManagedFields = ours;
    }

    private static string? Cut(string? text) => text is null ? null : BoundedText.Cut(text, LongestMessage);
}
