using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>
/// Which mock may have a host and path: of those whose specs name it, in whatever namespace, the one that was made first. Ingresses of different classes and routes of
/// different Gateways do not meet, so they may share a name.
/// </summary>
public sealed class HostClaims(ResourceStore<MockServer> mocks)
{
    /// <summary>Index of mocks: the hosts and paths that their specs name.</summary>
    public const string ByHost = "host";

    /// <summary>Index values of a mock under <see cref="ByHost"/>.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="template">The domain template, or null.</param>
    public static IEnumerable<string> Of(MockServer mock, DomainTemplate? template)
    {
        ArgumentNullException.ThrowIfNull(mock);
        var plan = ExposurePlan.Of(mock, template);
        IEnumerable<string> byIngress = plan.Ingress is { } address ? [Claim("ingress", address)] : [];
        return byIngress.Concat(plan.Gateway.Select(static address => Claim("gateway", address))).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Whether a change is one of what a mock claims, so that those that claim the same must be looked at.</summary>
    /// <param name="change">The change.</param>
    /// <param name="template">The domain template, or null.</param>
    public static bool Changed(StoreChange<MockServer> change, DomainTemplate? template)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change is not { Old: { } old, New: { } now }
            || old.Spec?.Ingress?.ClassName != now.Spec?.Ingress?.ClassName
            || !(old.Spec?.Gateway?.ParentRefs ?? []).SequenceEqual(now.Spec?.Gateway?.ParentRefs ?? [])
            || !Of(old, template).SequenceEqual(Of(now, template), StringComparer.Ordinal);
    }

    /// <summary>The mocks that claim something that another one does.</summary>
    /// <param name="mocks">All mocks.</param>
    /// <param name="mock">The other one.</param>
    /// <param name="template">The domain template, or null.</param>
    public static IEnumerable<ObjectKey> SharedWith(ResourceStore<MockServer> mocks, MockServer mock, DomainTemplate? template)
    {
        ArgumentNullException.ThrowIfNull(mocks);
        var self = ObjectKey.Of(mock);
        return Of(mock, template).SelectMany(claim => mocks.ByIndex(ByHost, claim)).Select(static sharer => ObjectKey.Of(sharer)).Where(key => key != self).Distinct();
    }

    /// <summary>Why a mock may not have the host of its Ingress; null when it may.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="address">Host and path.</param>
    public ExposureOutcome? ConflictOfIngress(MockServer mock, ExternalAddress address)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(address);
        // One that names no class may be taken up by any controller.
        return Conflict(mock, address, Claim("ingress", address), elder =>
            elder.Spec!.Ingress?.ClassName is not { } theirs || mock.Spec!.Ingress?.ClassName is not { } ours || theirs == ours);
    }

    /// <summary>Why a mock may not have a host of its HTTPRoute; null when it may have all.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="addresses">Hosts and path.</param>
    public ExposureOutcome? ConflictOfRoute(MockServer mock, IReadOnlyList<ExternalAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(addresses);
        return addresses
            .Select(address => Conflict(mock, address, Claim("gateway", address), elder => Parents(elder).Any(theirs => Parents(mock).Any(ours => Meet(theirs, ours)))))
            .FirstOrDefault(static conflict => conflict is not null);
    }

    private ExposureOutcome? Conflict(MockServer mock, ExternalAddress address, string claim, Func<MockServer, bool> meets)
    {
        MockServer? elder = mocks.ByIndex(ByHost, claim)
            .Where(other => other.Metadata.Uid != mock.Metadata.Uid && other.Metadata.DeletionTimestamp is null && IsElder(other, mock) && meets(other))
            .MinBy(static other => (other.Metadata.CreationTimestamp, other.Metadata.Uid));
        if (elder is null)
        {
            return null;
        }

        // What is in other namespaces is nobody else's to know.
        string whose = elder.Metadata.NamespaceProperty == mock.Metadata.NamespaceProperty ? $"MockServer '{elder.Metadata.Name}', which is" : "a MockServer of another namespace, which is";
        return ExposureOutcome.Refused("HostConflict", $"the mock is not exposed: host '{address.Host}' with path '{address.Path}' is named by {whose} older: name another host or path", address.Url);
    }

    private static bool IsElder(MockServer other, MockServer mock) =>
        other.Metadata.CreationTimestamp != mock.Metadata.CreationTimestamp
            ? other.Metadata.CreationTimestamp < mock.Metadata.CreationTimestamp
            : string.CompareOrdinal(other.Metadata.Uid, mock.Metadata.Uid) < 0;

    private static IEnumerable<(string Namespace, GatewayParentReference Reference)> Parents(MockServer mock) =>
        (mock.Spec?.Gateway?.ParentRefs ?? []).Select(parent => (parent.Namespace ?? mock.Metadata.NamespaceProperty, parent));

    // One that names no listener is attached to all.
    private static bool Meet((string Namespace, GatewayParentReference Reference) left, (string Namespace, GatewayParentReference Reference) right) =>
        left.Namespace == right.Namespace
        && left.Reference.Name == right.Reference.Name
        && (left.Reference.Kind ?? GatewayParentReference.DefaultKind) == (right.Reference.Kind ?? GatewayParentReference.DefaultKind)
        && (left.Reference.Group ?? GatewayParentReference.DefaultGroup) == (right.Reference.Group ?? GatewayParentReference.DefaultGroup)
        && (left.Reference.SectionName is null || right.Reference.SectionName is null || left.Reference.SectionName == right.Reference.SectionName)
        && (left.Reference.Port is null || right.Reference.Port is null || left.Reference.Port == right.Reference.Port);

    private static string Claim(string entrance, ExternalAddress address) => $"{entrance} {address.Host} {address.Path}";
}
