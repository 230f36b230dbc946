using System.Text.Json.Nodes;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>Exposes a mock by an HTTPRoute, where the server has the Gateway API. Routes are looked at, not watched: most clusters have no such kind.</summary>
public sealed class GatewayExposer(ResourceClient client, AppliedTokens applied, TimeProvider time)
{
    private const string NoFilter = "the HTTPRoute of this cluster takes no such CORS filter (Gateway API v1.5, or the experimental channel of v1.3): set cors.at to Runtime";

    // Every mock asks once whether there is a route to remove: for most clusters one answer does for all.
    private static readonly TimeSpan s_absence = TimeSpan.FromSeconds(5);


    private long _absentUntil;

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

        // Asked anew: CRDs that have just been installed count at once.
        Interlocked.Exchange(ref _absentUntil, 0);
        if (!await IsServedAsync(cancellation))
            return ExposureOutcome.Refused("GatewayApiAbsent", "this cluster has no Gateway API (HTTPRoute of gateway.networking.k8s.io/v1): install its CRDs, or use spec.ingress", url) with { IsUnwatched = true };

        JsonObject? filter = null;
        if (spec.Cors is { At: CorsLocation.Ingress, Enabled: not false }
            && (!ExplicitCors.TryExpand(spec.Cors, AccessDefinition.Of(spec.Private, spec.ApiKeys), out ExplicitCors? cors, out string? problem)
                || !CorsAtGateway.TryRender(cors, out filter, out problem)))
            return await WithoutCorsAsync(mock, problem, url, isUnwatched: false, cancellation);

        return await ApplyAsync(mock, HttpRouteBuilder.Build(mock, addresses, filter), filter is not null, url, cancellation);
    }

    /// <summary>Removes the HTTPRoute of a mock, if there is one.</summary>
    public async Task WithdrawAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        if (await FindAsync(mock, cancellation) is { } observed)
            await client.DeleteAsync<HttpRoute>(KeyOf(mock), new DeletePreconditions(observed.Metadata.Uid), cancellation);
    }

    private async Task<HttpRoute?> FindAsync(MockServer mock, CancellationToken cancellation)
    {
        try
        {
            return await IsServedAsync(cancellation) && await client.GetAsync<HttpRoute>(KeyOf(mock), cancellation) is { } observed && ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid)
                ? observed
                : null;
        }
        catch (ApiException refused) when (refused.Kind == ApiFailure.Forbidden)
        {
            // Where the operator has no right to routes it has made none.
            return null;
        }
    }

    private async Task<bool> IsServedAsync(CancellationToken cancellation)
    {
        if (time.GetUtcNow().UtcTicks < Interlocked.Read(ref _absentUntil))
            return false;
        bool isServed = await client.ServesAsync(ResourceKind.Of<HttpRoute>(), cancellation);
        if (!isServed)
            Interlocked.Exchange(ref _absentUntil, (time.GetUtcNow() + s_absence).UtcTicks);
        return isServed;
    }

    private async Task<ExposureOutcome> ApplyAsync(MockServer mock, HttpRoute desired, bool filtersCors, string url, CancellationToken cancellation)
    {
        HttpRoute? observed = await client.GetAsync<HttpRoute>(KeyOf(mock), cancellation);
        if (observed is not null && !ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
            return ExposureOutcome.Refused("NameConflict", $"the HTTPRoute '{KeyOf(mock).Name}' exists and does not belong to this MockServer: remove it, or give the mock another name", url);

        try
        {
            HttpRoute route = await applied.ApplyAsync(desired, observed, cancellation) ?? observed!;
            return filtersCors && route.Spec?["rules"]?[0]?["filters"]?[0]?["cors"] is null
                ? await WithoutCorsAsync(mock, NoFilter, url, isUnwatched: true, cancellation)
                : OutcomeOf(route, url);
        }
        catch (ApiException refused) when (filtersCors && IsOfSchema(refused) && refused.Error.Message.Contains("cors", StringComparison.OrdinalIgnoreCase))
        {
            return await WithoutCorsAsync(mock, $"{NoFilter}. The API server says: {refused.Message}", url, isUnwatched: true, cancellation);
        }
        catch (ApiException refused) when (IsOfSchema(refused))
        {
            return ExposureOutcome.Refused("RouteRefused", $"the API server refuses the HTTPRoute: {refused.Message}", url) with { IsUnwatched = true };
        }
    }

    // A server refuses what its schema does not have, or drops it.
    private static bool IsOfSchema(ApiException refused) => refused.Kind is ApiFailure.Invalid or ApiFailure.Rejected;

    // The runtime is silent already: a route that stayed would lead pages to a mock without CORS.
    private async Task<ExposureOutcome> WithoutCorsAsync(MockServer mock, string problem, string url, bool isUnwatched, CancellationToken cancellation)
    {
        await WithdrawAsync(mock, cancellation);
        return ExposureOutcome.Refused("CorsNotExpressible", $"the mock is not exposed: {problem}", url) with { IsUnwatched = isUnwatched };
    }

    private static ExposureOutcome OutcomeOf(HttpRoute route, string url)
    {
        // What a Gateway said of an earlier generation says nothing of this one.
        var accepted = (route.Status?["parents"] as JsonArray ?? [])
            .SelectMany(static parent => parent?["conditions"] as JsonArray ?? [])
            .Where(condition => (string?)condition?["type"] == "Accepted" && ((long?)condition["observedGeneration"] ?? long.MaxValue) >= (route.Metadata.Generation ?? 0))
            .ToList();
        if (accepted.Exists(static condition => (string?)condition?["status"] == "True"))
            return new ExposureOutcome(ConditionStatus.True, "RouteAccepted", $"an HTTPRoute exposes {url}", url) { IsUnwatched = true };
        return accepted.FirstOrDefault() is { } refused
            ? ExposureOutcome.Refused("RouteNotAccepted", $"the Gateway does not accept the HTTPRoute: {(string?)refused["reason"]}: {(string?)refused["message"]}", url) with { IsUnwatched = true }
            : new ExposureOutcome(ConditionStatus.Unknown, "RoutePending", "no Gateway has said yet whether it accepts the HTTPRoute", url) { IsUnwatched = true };
    }

    private static ObjectKey KeyOf(MockServer mock) => new(mock.Metadata.NamespaceProperty, ChildNames.Workload(mock.Metadata.Name));
}
