using System.Text.Json.Nodes;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>Exposes a mock by an HTTPRoute, where the server has the Gateway API. Routes are looked at, not watched: most clusters have no such kind.</summary>
public sealed class GatewayExposer(ResourceClient client, AppliedTokens applied)
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(30);

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
            return ExposureOutcome.Refused("InvalidExposure", "spec.gateway.parentRefs: name at least one Gateway");
        if (!await client.ServesAsync(ResourceKind.Of<HttpRoute>(), cancellation))
            return ExposureOutcome.Refused("GatewayApiAbsent", "this cluster has no Gateway API (HTTPRoute of gateway.networking.k8s.io/v1): install its CRDs, or use spec.ingress", url) with { LookAgain = s_lookAgain };

        ExplicitCors? cors = null;
        if (spec.Cors is { At: CorsLocation.Ingress, Enabled: not false }
            && !ExplicitCors.TryExpand(spec.Cors, AccessDefinition.Of(spec.Private, spec.ApiKeys), out cors, out string? problem))
            return ExposureOutcome.Refused("CorsNotExpressible", problem, url);

        return await ApplyAsync(mock, addresses, cors, url, cancellation);
    }

    /// <summary>Removes the HTTPRoute of a mock.</summary>
    public async Task WithdrawAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ObjectKey key = KeyOf(mock);
        if (await client.ServesAsync(ResourceKind.Of<HttpRoute>(), cancellation)
            && await client.GetAsync<HttpRoute>(key, cancellation) is { } observed && ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
            await client.DeleteAsync<HttpRoute>(key, new DeletePreconditions(observed.Metadata.Uid), cancellation);
    }

    private async Task<ExposureOutcome> ApplyAsync(
        MockServer mock, IReadOnlyList<ExternalAddress> addresses, ExplicitCors? cors, string url, CancellationToken cancellation)
    {
        HttpRoute? observed = await client.GetAsync<HttpRoute>(KeyOf(mock), cancellation);
        if (observed is not null && !ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
            return ExposureOutcome.Refused("NameConflict", $"the HTTPRoute '{KeyOf(mock).Name}' exists and does not belong to this MockServer: remove it, or give the mock another name", url);

        try
        {
            HttpRoute route = await applied.ApplyAsync(HttpRouteBuilder.Build(mock, addresses, cors), observed, cancellation) ?? observed!;
            // A server whose Gateway API is older than the filter drops what it does not know.
            return cors is not null && route.Spec?["rules"]?[0]?["filters"]?[0]?["cors"] is null ? await WithoutFilterAsync(mock, url, cancellation) : OutcomeOf(route, url);
        }
        catch (ApiInvalidException refused) when (cors is not null)
        {
            return ExposureOutcome.Refused("CorsNotExpressible", $"the API server refuses the HTTPRoute with a CORS filter: {refused.Message}. Set cors.at to Runtime", url);
        }
        catch (ApiInvalidException refused)
        {
            return ExposureOutcome.Refused("RouteRefused", $"the API server refuses the HTTPRoute: {refused.Message}", url);
        }
    }

    private async Task<ExposureOutcome> WithoutFilterAsync(MockServer mock, string url, CancellationToken cancellation)
    {
        await WithdrawAsync(mock, cancellation);
        return ExposureOutcome.Refused("CorsNotExpressible", "the Gateway API of this cluster has no CORS filter: set cors.at to Runtime", url);
    }

    private static ExposureOutcome OutcomeOf(HttpRoute route, string url)
    {
        var accepted = (route.Status?["parents"] as JsonArray ?? [])
            .SelectMany(static parent => parent?["conditions"] as JsonArray ?? [])
            .Where(static condition => (string?)condition?["type"] == "Accepted")
            .ToList();
        if (accepted.Exists(static condition => (string?)condition?["status"] == "True"))
            return new ExposureOutcome(ConditionStatus.True, "RouteAccepted", $"an HTTPRoute exposes {url}", url);
        return accepted.FirstOrDefault() is { } refused
            ? ExposureOutcome.Refused("RouteNotAccepted", $"the Gateway does not accept the HTTPRoute: {(string?)refused["reason"]}: {(string?)refused["message"]}", url) with { LookAgain = s_lookAgain }
            : new ExposureOutcome(ConditionStatus.Unknown, "RoutePending", "no Gateway has said yet whether it accepts the HTTPRoute", url) { LookAgain = s_lookAgain };
    }

    private static ObjectKey KeyOf(MockServer mock) => new(mock.Metadata.NamespaceProperty, ChildNames.Workload(mock.Metadata.Name));
}
