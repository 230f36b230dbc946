using System.Text.Json.Nodes;
using MockOperator.Operator.Kinds;

namespace MockOperator.Operator.Exposure;

/// <summary>What a Gateway says of accepting an HTTPRoute.</summary>
/// <param name="IsAccepted">Whether it accepts it.</param>
/// <param name="Reason">Why, as one word.</param>
/// <param name="Message">Why, for people.</param>
/// <param name="Generation">The generation of the route that it speaks of; null when it does not say.</param>
public sealed record RouteAcceptance(bool IsAccepted, string? Reason, string? Message, long? Generation)
{
    /// <summary>What the Gateways say of a route, those that accept it first. Its status is anybody's JSON: what has another form says nothing.</summary>
    /// <param name="route">The route.</param>
    public static IEnumerable<RouteAcceptance> Of(HttpRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return (route.Status?["parents"] as JsonArray ?? [])
            .SelectMany(static parent => (parent as JsonObject)?["conditions"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(static condition => Text(condition["type"]) == "Accepted")
            .Select(static condition => new RouteAcceptance(Text(condition["status"]) == "True", Text(condition["reason"]), Text(condition["message"]), Number(condition["observedGeneration"])))
            .OrderByDescending(static said => said.IsAccepted);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : null;
}
