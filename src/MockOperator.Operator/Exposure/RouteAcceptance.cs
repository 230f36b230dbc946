using System.Text.Json.Nodes;
using MockOperator.Kinds;
using MockOperator.Operator.Conditions;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>What a Gateway says of accepting an HTTPRoute.</summary>
/// <param name="Parent">Whom it speaks for, as the route refers to it.</param>
/// <param name="IsAccepted">Whether it accepts the route and finds what the route refers to.</param>
/// <param name="Reason">Why, as one word.</param>
/// <param name="Message">Why, for people.</param>
/// <param name="Generation">The generation of the route that it speaks of; null when it does not say.</param>
public sealed record RouteAcceptance(GatewayParentReference Parent, bool IsAccepted, string? Reason, string? Message, long? Generation)
{
    private const int LongestName = 253;
    private const int LongestMessage = 1024;

    /// <summary>What the Gateways say of a route, those that accept it first. Its status is anybody's JSON: what has another form says nothing, and each text has a bound.</summary>
    /// <param name="route">The route.</param>
    public static IEnumerable<RouteAcceptance> Of(HttpRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return (route.Status?["parents"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Select(Said)
            .OfType<RouteAcceptance>()
            .OrderByDescending(static said => said.IsAccepted);
    }

    /// <summary>Whether it speaks for a parent that a route refers to. Some say less of it than the route does.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="ns">The namespace of the route.</param>
    public bool IsOf(GatewayParentReference reference, string ns)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Parent.Name == reference.Name
            && (Parent.Namespace ?? ns) == (reference.Namespace ?? ns)
            && (Parent.Kind ?? GatewayParentReference.DefaultKind) == (reference.Kind ?? GatewayParentReference.DefaultKind)
            && (Parent.Group ?? GatewayParentReference.DefaultGroup) == (reference.Group ?? GatewayParentReference.DefaultGroup)
            && (Parent.SectionName is null || reference.SectionName is null || Parent.SectionName == reference.SectionName)
            && (Parent.Port is null || reference.Port is null || Parent.Port == reference.Port);
    }

    private static RouteAcceptance? Said(JsonObject parent)
    {
        JsonObject[] conditions = [.. (parent["conditions"] as JsonArray ?? []).OfType<JsonObject>()];
        if (ReferenceOf(parent["parentRef"] as JsonObject) is not { } reference || Find(conditions, "Accepted") is not { } told)
        {
            return null;
        }

        bool isAccepted = Text(told["status"]) == "True";
        if (isAccepted && Find(conditions, "ResolvedRefs") is { } resolved && Text(resolved["status"]) == "False" && (Number(resolved["observedGeneration"]) ?? long.MaxValue) >= (Number(told["observedGeneration"]) ?? 0))
        {
            (isAccepted, told) = (false, resolved);
        }

        return new RouteAcceptance(reference, isAccepted, Text(told["reason"]), Text(told["message"], LongestMessage), Number(told["observedGeneration"]));
    }

    private static GatewayParentReference? ReferenceOf(JsonObject? reference) => Text(reference?["name"]) is not { } name ? null : new GatewayParentReference
    {
        Name = name,
        Namespace = Text(reference!["namespace"]),
        Kind = Text(reference["kind"]),
        Group = Text(reference["group"]),
        SectionName = Text(reference["sectionName"]),
        Port = (int?)Number(reference["port"]),
    };

    private static JsonObject? Find(JsonObject[] conditions, string type) => conditions.FirstOrDefault(condition => Text(condition["type"]) == type);

    private static string? Text(JsonNode? node, int longest = LongestName) => node is JsonValue value && value.TryGetValue(out string? text) ? BoundedText.Cut(text, longest) : null;

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : null;
}
