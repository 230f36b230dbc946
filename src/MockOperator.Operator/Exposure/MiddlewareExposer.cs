using System.Text.Json.Nodes;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Exposure;

/// <summary>The Traefik Middleware that speaks CORS for a mock, where the server has such a kind.</summary>
public sealed class MiddlewareExposer(ResourceClient client, AppliedTokens applied, ResourceStore<TraefikMiddleware> middlewares)
{
    /// <summary>The annotation by which an Ingress refers to middlewares.</summary>
    public const string Annotation = "traefik.ingress.kubernetes.io/router.middlewares";

    /// <summary>How an Ingress refers to a Middleware.</summary>
    /// <param name="middleware">The Middleware.</param>
    public static string ReferenceOf(ObjectKey middleware) => $"{middleware.Namespace}-{middleware.Name}@kubernetescrd";

    /// <summary>Applies the Middleware of a mock.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="spec">The Middleware's spec.</param>
    /// <param name="url">Where the mock is to be found.</param>
    /// <param name="cancellation">Ends the calls.</param>
    /// <returns>Why there can be none; null when it is there.</returns>
    public async Task<ExposureOutcome?> ApplyAsync(MockServer mock, JsonObject spec, string url, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ObjectKey key = KeyOf(mock);
        if (middlewares.State == StoreState.Absent)
        {
            return ExposureOutcome.Refused(
                "TraefikAbsent",
                "the mock is not exposed: this cluster has no Middleware of traefik.io/v1alpha1: install Traefik's CRDs, or set cors.at to Runtime",
                url);
        }

        // One that the store does not show may still be there: somebody else's, or without our labels.
        TraefikMiddleware? observed = middlewares.Get(key) ?? await client.GetAsync<TraefikMiddleware>(key, cancellation);
        if (observed is not null && !ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
            return ExposureOutcome.Refused("NameConflict", $"the Middleware '{key.Name}' exists and does not belong to this MockServer: remove it, or give the mock another name", url);

        await applied.ApplyAsync(new TraefikMiddleware { Metadata = ChildMetadata.Of(mock, key.Name), Spec = spec }, observed, cancellation);
        return null;
    }

    /// <summary>Removes the Middleware of a mock, if there is one.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="cancellation">Ends the calls.</param>
    public async Task WithdrawAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ObjectKey key = KeyOf(mock);
        if (middlewares.Get(key) is { } observed && observed.Metadata.DeletionTimestamp is null && ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
            await client.DeleteAsync<TraefikMiddleware>(key, new DeletePreconditions(observed.Metadata.Uid), cancellation);
    }

    private static ObjectKey KeyOf(MockServer mock) => new(mock.Metadata.NamespaceProperty, ChildNames.Workload(mock.Metadata.Name));
}
