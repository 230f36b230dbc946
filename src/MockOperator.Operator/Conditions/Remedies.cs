using System.Collections.Frozen;

namespace MockOperator.Operator.Conditions;

/// <summary>
/// What ends each reason for which an object is not Ready: the one place where it is decided whether such an object is Stalled. It is when nothing but an edit of this very object helps: then
/// <c>observedGeneration</c> tells an edit that nobody has looked at from one that did not help. What an edit of another object ends has no such mark, and whoever applies both at once would
/// read the verdict of before. The table stands in docs/gitops.md.
/// </summary>
public static class Remedies
{
    /// <summary>The reasons, of all kinds.</summary>
    public static FrozenDictionary<string, Remedy> ByReason { get; } = new Dictionary<string, Remedy>(StringComparer.Ordinal)
    {
        ["InvalidSpec"] = Remedy.Edit,
        ["InvalidExposure"] = Remedy.Edit,

        ["InvalidCollection"] = Remedy.EditOfContent,
        ["NoExamples"] = Remedy.EditOfContent,
        ["ContentTooLarge"] = Remedy.EditOfContent,
        ["ContentCorrupt"] = Remedy.EditOfContent,

        ["Progressing"] = Remedy.MayPass,

        // Other objects of the user's.
        ["CollectionNotFound"] = Remedy.MayPass,
        ["VersionNotFound"] = Remedy.MayPass,
        ["ConfigMapNotFound"] = Remedy.MayPass,
        ["KeyNotFound"] = Remedy.MayPass,
        ["InvalidEnvironment"] = Remedy.MayPass,
        ["TooManyVariables"] = Remedy.MayPass,
        ["KeysUnavailable"] = Remedy.MayPass,
        ["NameConflict"] = Remedy.MayPass,
        ["HostConflict"] = Remedy.MayPass,
        ["TooManyQuotas"] = Remedy.MayPass,
        ["TooManyPods"] = Remedy.MayPass,

        // The cluster, its rights, policies and extensions.
        ["ControlKeyMissing"] = Remedy.MayPass,
        ["Denied"] = Remedy.MayPass,
        ["Forbidden"] = Remedy.MayPass,
        ["PodsRefused"] = Remedy.MayPass,
        ["PodsNotStarting"] = Remedy.MayPass,
        ["NotAcknowledged"] = Remedy.MayPass,
        ["IngressRefused"] = Remedy.MayPass,
        ["RouteRefused"] = Remedy.MayPass,
        ["RouteNotAccepted"] = Remedy.MayPass,
        ["GatewayApiAbsent"] = Remedy.MayPass,
        ["TraefikAbsent"] = Remedy.MayPass,

        // Another controller or a newer Gateway API may be able to say it.
        ["CorsNotExpressible"] = Remedy.MayPass,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether nothing but an edit of the object helps.</summary>
    /// <param name="reason">Why it is not Ready.</param>
    /// <param name="holdsContent">Whether the content in question is written into the object, and not referred to.</param>
    public static bool IsStalled(string reason, bool holdsContent) => ByReason.GetValueOrDefault(reason) switch
    {
        Remedy.Edit => true,
        Remedy.EditOfContent => holdsContent,
        _ => false,
    };
}
