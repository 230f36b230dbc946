using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>What the parents of an HTTPRoute make of it: whether it leads anywhere, and by which URL. Pure.</summary>
/// <param name="route">The route as the server has it.</param>
/// <param name="addresses">Where the mock is to be found, by the spec alone.</param>
/// <param name="view">What is seen of the Gateway of a name.</param>
internal sealed class RouteExposure(HttpRoute route, IReadOnlyList<ExternalAddress> addresses, Func<ObjectKey, GatewayView> view)
{
    private readonly RouteAcceptance[] _said = [.. RouteAcceptance.Of(route).Where(said => (said.Generation ?? long.MaxValue) >= (route.Metadata.Generation ?? 0))];

    /// <summary>The outcome: that of the parent by which the mock is reached, else of the one that comes nearest to it.</summary>
    /// <param name="parents">The parents, as the spec names them.</param>
    public ExposureOutcome Of(IReadOnlyList<GatewayParentReference> parents) => parents.Select(Of).MinBy(static outcome => outcome switch
    {
        { Status: ConditionStatus.True } => 0,
        { Reason: ExposureOutcome.AddressPending } => 1,
        { Status: ConditionStatus.False } => 2,
        _ => 3,
    })!;

    private ExposureOutcome Of(GatewayParentReference parent)
    {
        string ns = route.Metadata.NamespaceProperty;
        var key = new ObjectKey(parent.Namespace ?? ns, parent.Name);
        string kind = parent.Kind ?? GatewayParentReference.DefaultKind;
        bool isGateway = kind == GatewayParentReference.DefaultKind && (parent.Group ?? GatewayParentReference.DefaultGroup) == GatewayParentReference.DefaultGroup;
        GatewayView seen = isGateway ? view(key) : GatewayView.Without(GatewayLack.Hidden);
        (ExternalAddress address, GatewayListener? listener) = AddressAt(seen.State, parent, key.Namespace == ns);
        string url = address.Url;
        RouteAcceptance? said = _said.FirstOrDefault(said => said.IsOf(parent, ns));
        if (said is not { IsAccepted: true })
        {
            return said is null
                ? new ExposureOutcome(ConditionStatus.Unknown, "RoutePending", $"no controller has said yet whether {kind} '{key}' accepts the HTTPRoute", url)
                : ExposureOutcome.Refused("RouteNotAccepted", $"{kind} '{key}' does not accept the HTTPRoute: {said.Reason}: {said.Message}", url);
        }

        return seen switch
        {
            { Lack: GatewayLack.Unread } => ExposureOutcome.Unread("Gateways", url),
            { Lack: GatewayLack.Missing } => ExposureOutcome.Pending($"there is no Gateway '{key}', though the HTTPRoute is said to be accepted by it", url),
            { State: { IsUp: false } state } => ExposureOutcome.Pending($"Gateway '{key}' accepts the HTTPRoute for {url}, but {WhyDown(state)}: see 'kubectl describe gateway {key.Name} --namespace {key.Namespace}'", url),
            { State: not null } when listener is { IsProgrammed: false } => ExposureOutcome.Pending($"Gateway '{key}' accepts the HTTPRoute for {url}, but does not serve its listener '{listener.Name}': see its status", url),
            { State: { } state } => new ExposureOutcome(ConditionStatus.True, "RouteAccepted", $"an HTTPRoute exposes {url}{(state.Addresses is [{ } first, ..] ? $" at {first}" : "")}", url),
            _ => new ExposureOutcome(ConditionStatus.True, "RouteAccepted", $"an HTTPRoute exposes {url}; the operator does not see the listeners of {kind} '{key}', so the scheme is taken from the reference to it", url),
        };
    }

    // The first host that a listener of this parent serves, as it serves it.
    private (ExternalAddress Address, GatewayListener? Listener) AddressAt(GatewayState? state, GatewayParentReference parent, bool isOwnNamespace)
    {
        foreach (ExternalAddress address in addresses)
        {
            if (state?.ListenerFor(parent, address.Host, isOwnNamespace) is { } listener)
            {
                return (address with { IsSecure = listener.IsSecure, Port = listener.HasUsualPort ? null : listener.Port }, listener);
            }
        }

        return (addresses[0], null);
    }

    private static string WhyDown(GatewayState state) => state.IsProgrammed is false
        ? $"is not programmed: {state.Reason}: {state.Message}"
        : "has no address yet";
}
