using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>Applies what exposes a mock outside the cluster, and removes it when the spec no longer asks for it.</summary>
public sealed class MockExposer(ResourceClient client, AppliedTokens applied, ResourceStore<V1Ingress> ingresses, MiddlewareExposer middlewares, GatewayExposer gateway, IngressControllers controllers, HostClaims claims, ExposureSettings settings)
{
    private const string InvalidExposure = "InvalidExposure";

    /// <summary>
    /// Removes what the spec does not ask for, whatever else the spec says and whatever the status said: the objects decide.
    /// </summary>
    /// <param name="mock">The mock.</param>
    /// <param name="cancellation">Ends the calls.</param>
    /// <returns>Why something still stands; null when nothing does.</returns>
    public async Task<ApiException?> WithdrawUnaskedAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        try
        {
            if (mock.Spec?.Ingress is null)
                await WithdrawIngressAsync(mock, cancellation);
            if (mock.Spec?.Gateway is null)
                await gateway.WithdrawAsync(mock, cancellation);
            return null;
        }
        catch (ApiException refused) when (refused.IsRefusal || refused.Kind == ApiFailure.Conflict)
        {
            return refused;
        }
    }

    /// <summary>Brings it about. What the spec does not ask for is gone already (<see cref="WithdrawUnaskedAsync"/>).</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="cancellation">Ends the calls.</param>
    /// <returns>What came of it; null when the spec does not ask for it.</returns>
    public async Task<ExposureOutcome?> ExposeAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ExposurePlan plan = ExposurePlan.Of(mock, settings.Template);
        if (plan.Problem is { } problem)
        {
            // What was exposed before is at a host that the spec no longer names.
            await WithdrawIngressAsync(mock, cancellation);
            await gateway.WithdrawAsync(mock, cancellation);
            return ExposureOutcome.Refused(InvalidExposure, problem);
        }

        ExposureOutcome? byIngress = null;
        if (plan.Ingress is { } address)
        {
            byIngress = claims.ConflictOfIngress(mock, address);
            if (byIngress is null)
                byIngress = await ExposeByIngressAsync(mock, address, cancellation);
            else
                await WithdrawIngressAsync(mock, cancellation);
        }

        ExposureOutcome? byGateway = null;
        if (mock.Spec!.Gateway is not null)
        {
            byGateway = claims.ConflictOfRoute(mock, plan.Gateway);
            if (byGateway is null)
                byGateway = await gateway.ExposeAsync(mock, plan.Gateway, cancellation);
            else
                await gateway.WithdrawAsync(mock, cancellation);
        }

        return ExposureOutcome.Of(byIngress, byGateway);
    }

    private async Task<ExposureOutcome> ExposeByIngressAsync(MockServer mock, ExternalAddress address, CancellationToken cancellation)
    {
        MockServerSpec spec = mock.Spec!;
        var key = new ObjectKey(mock.Metadata.NamespaceProperty, ChildNames.Workload(mock.Metadata.Name));
        V1Ingress? observed = ingresses.Get(key);
        if (observed is null && await client.GetAsync<V1Ingress>(key, cancellation) is { } foreign && !ChildMetadata.IsOwned(foreign.Metadata, mock.Metadata.Uid))
            return ExposureOutcome.Refused("NameConflict", $"the Ingress '{key.Name}' exists and does not belong to this MockServer: remove it, or give the mock another name");

        IngressControllerKind controller = IngressControllerKind.Unknown;
        if (spec.Cors?.At == CorsLocation.Ingress)
            controller = controllers.Of(spec.Ingress!.ClassName);

        AccessDefinition? access = AccessDefinition.Of(spec.Private, spec.ApiKeys);
        if (!CorsAtIngress.TryRender(spec.Cors, access, controller, MiddlewareExposer.ReferenceOf(key), out IngressCors? cors, out string? problem))
        {
            await WithdrawIngressAsync(mock, cancellation);
            return ExposureOutcome.Refused("CorsNotExpressible", $"the mock is not exposed: {problem}", address.Url);
        }

        try
        {
            if (cors.Middleware is not null && await middlewares.ApplyAsync(mock, cors.Middleware, address.Url, cancellation) is { } without)
            {
                // An Ingress that stayed would lead pages to a mock for which nobody speaks CORS.
                await WithdrawIngressAsync(mock, cancellation);
                return without;
            }

            V1Ingress ingress = await applied.ApplyAsync(IngressBuilder.Build(mock, address, cors), observed, cancellation) ?? observed!;
            if (cors.Middleware is null)
                await middlewares.WithdrawAsync(mock, cancellation);
            return IngressExposure.Of(ingress, address.Url, controllers.TakerOf(spec.Ingress!.ClassName));
        }
        catch (ApiException refused) when (refused.IsRefusal || refused.Kind == ApiFailure.NotFound)
        {
            return ExposureOutcome.Refused("IngressRefused", $"the API server refuses the Ingress or its Middleware: {refused.Message}", address.Url);
        }
    }

    private async Task WithdrawIngressAsync(MockServer mock, CancellationToken cancellation)
    {
        var key = new ObjectKey(mock.Metadata.NamespaceProperty, ChildNames.Workload(mock.Metadata.Name));
        if (ingresses.Get(key) is { } observed && observed.Metadata.DeletionTimestamp is null && ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
            await client.DeleteAsync<V1Ingress>(key, new DeletePreconditions(observed.Metadata.Uid), cancellation);
        await middlewares.WithdrawAsync(mock, cancellation);
    }
}
