using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Caching;
using MockOperator.Operator.Content;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;

namespace MockOperator.Operator.Projections;

/// <summary>What the stores keep of the children of mocks: whose they are, what was applied to them, and how they do.</summary>
public static class ChildProjection
{
    private const int MostAddresses = 4;
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
        KeepOwnership(ingress, MiddlewareExposer.Annotation);
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

    private static void KeepOwnership<T>(T entity, params ReadOnlySpan<string> annotations)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ObjectTrimming.KeepingOwnership<T>(ChildLabels.Manager)(entity);
        IList<V1ManagedFieldsEntry>? ours = entity.Metadata.ManagedFields;
        entity.Metadata = MetadataProjection.OfChild(entity.Metadata, annotations);
        entity.Metadata.ManagedFields = ours;
    }

    private static string? Cut(string? text) => text is null ? null : IssueText.Cut(text, LongestMessage);
}
