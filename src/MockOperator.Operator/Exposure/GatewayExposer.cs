using System.Text.Json.Nodes;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>Exposes a mock by an HTTPRoute, where the server has the Gateway API.</summary>
public sealed class GatewayExposer(ResourceClient client, AppliedTokens applied, ResourceStore<HttpRoute> routes, ResourceStore<Gateway> gateways)
{
    private const string NoFilter = "the HTTPRoute of this cluster takes no such CORS filter (Gateway API v1.5, or the experimental channel of v1.3): set cors.at to Runtime";

    /// <summary>Whether a change of a Gateway is one that its routes feel. How many are attached, which it tells as well, is none.</summary>
    /// <param name="change">The change.</param>
    public static bool Changed(StoreChange<Gateway> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change is not { Old: { } old, New: { } now } || !GatewayState.Of(old).Equals(GatewayState.Of(now));
    }

    /// <summary>Applies the HTTPRoute and reads what its Gateways say of it.</summary>
    /// <param name="mock">The mock, whose spec has a gateway.</param>
    /// <param name="addresses">Where it is to be found.</param>
    /// <param name="cancellation">Ends the calls.</param>
    public async Task<ExposureOutcome> ExposeAsync(MockServer mock, IReadOnlyList<ExternalAddress> addresses, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(addresses);
        string url = addresses[0].Url;
        MockServerSpec spec = mock.Spec!;
        if (spec.Gateway!.ParentRefs is not { Count: > 0 })
        {
            await WithdrawAsync(mock, cancellation);
            return ExposureOutcome.Refused("InvalidExposure", "spec.gateway.parentRefs: name at least one Gateway");
        }

        if (routes.State == StoreState.Absent)
            return ExposureOutcome.Refused("GatewayApiAbsent", "this cluster has no Gateway API (HTTPRoute of gateway.networking.k8s.io/v1): install its CRDs, or use spec.ingress", url);
        if (routes.State == StoreState.Syncing)
            return ExposureOutcome.Unread("HTTPRoutes", url);

        JsonObject? filter = null;
        if (spec.Cors is { At: CorsLocation.Ingress, Enabled: not false }
            && (!ExplicitCors.TryExpand(spec.Cors, AccessDefinition.Of(spec.Private, spec.ApiKeys), out ExplicitCors? cors, out string? problem)
                || !CorsAtGateway.TryRender(cors, out filter, out problem)))
            return await WithoutCorsAsync(mock, problem, url, cancellation);

        return await ApplyAsync(mock, HttpRouteBuilder.Build(mock, addresses, filter), filter is not null, addresses, cancellation);
    }

    /// <summary>Removes the HTTPRoute of a mock, if there is one.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="cancellation">Ends the calls.</param>
    public async Task WithdrawAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        if (routes.Get(KeyOf(mock)) is { } observed && observed.Metadata.DeletionTimestamp is null && ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
            await client.DeleteAsync<HttpRoute>(KeyOf(mock), new DeletePreconditions(observed.Metadata.Uid), cancellation);
    }

    private async Task<ExposureOutcome> ApplyAsync(MockServer mock, HttpRoute desired, bool filtersCors, IReadOnlyList<ExternalAddress> addresses, CancellationToken cancellation)
    {
        string url = addresses[0].Url;
        // One that the store does not show may still be there: somebody else's, or without our labels.
        HttpRoute? observed = routes.Get(KeyOf(mock)) ?? await client.GetAsync<HttpRoute>(KeyOf(mock), cancellation);
        if (observed is not null && !ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
            return ExposureOutcome.Refused("NameConflict", $"the HTTPRoute '{KeyOf(mock).Name}' exists and does not belong to this MockServer: remove it, or give the mock another name", url);

        try
        {
            if (applied.IsApplied(desired, observed))
                return OutcomeOf(mock, observed!, addresses);
            // Some servers drop a filter that they do not know. Tried first, for a route without it would lead pages to a mock without CORS, if only for a moment.
            if (filtersCors && (await client.ApplyAsync(desired, new ApplyOptions { DryRun = true }, cancellation)).Spec?["rules"]?[0]?["filters"]?[0]?["cors"] is null)
                return await WithoutCorsAsync(mock, NoFilter, url, cancellation);
            return OutcomeOf(mock, (await applied.ApplyAsync(desired, observed, cancellation))!, addresses);
        }
        catch (ApiException refused) when (filtersCors && IsOfSchema(refused) && refused.Error.Message.Contains("cors", StringComparison.OrdinalIgnoreCase))
        {
            return await WithoutCorsAsync(mock, $"{NoFilter}. The API server says: {refused.Message}", url, cancellation);
        }
        catch (ApiException refused) when (IsOfSchema(refused))
        {
            return ExposureOutcome.Refused("RouteRefused", $"the API server refuses the HTTPRoute: {refused.Message}", url);
        }
    }

    // A server refuses what its schema does not have, or drops it.
    private static bool IsOfSchema(ApiException refused) => refused.Kind is ApiFailure.Invalid or ApiFailure.Rejected;

    // The runtime is silent already: a route that stayed would lead pages to a mock without CORS.
    private async Task<ExposureOutcome> WithoutCorsAsync(MockServer mock, string problem, string url, CancellationToken cancellation)
    {
        await WithdrawAsync(mock, cancellation);
        return ExposureOutcome.Refused("CorsNotExpressible", $"the mock is not exposed: {problem}", url);
    }

    private ExposureOutcome OutcomeOf(MockServer mock, HttpRoute route, IReadOnlyList<ExternalAddress> addresses) =>
        new RouteExposure(route, addresses, View).Of(mock.Spec!.Gateway!.ParentRefs!);

    private GatewayView View(ObjectKey key) => gateways.State switch
    {
        StoreState.Absent => GatewayView.Without(GatewayLack.Hidden),
        _ when !gateways.Watches(key.Namespace) => GatewayView.Without(GatewayLack.Hidden),
        StoreState.Syncing => GatewayView.Without(GatewayLack.Unread),
        _ => gateways.Get(key) is { } gateway ? new GatewayView(GatewayState.Of(gateway)) : GatewayView.Without(GatewayLack.Missing),
    };

    private static ObjectKey KeyOf(MockServer mock) => new(mock.Metadata.NamespaceProperty, ChildNames.Workload(mock.Metadata.Name));
}
