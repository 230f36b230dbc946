using System.Text.Json.Nodes;
using MockOperator.Kinds;
using MockOperator.Operator.Exposure;

namespace MockOperator.Operator.Projections;

/// <summary>What the store keeps of a Gateway: its listeners, its addresses and whether it is programmed, within the bounds of <see cref="GatewayState"/>.</summary>
public static class GatewayProjection
{
    private const string Conditions = "conditions";
    private const string Listeners = "listeners";
    private const string Name = "name";

    /// <summary>The Gateway without the rest.</summary>
    /// <param name="gateway">The Gateway.</param>
    public static Gateway Of(Gateway gateway)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        GatewayState state = GatewayState.Of(gateway);
        gateway.Metadata = MetadataProjection.OfForeign(gateway.Metadata);
        gateway.Spec = new JsonObject { [Listeners] = new JsonArray([.. state.Listeners.Select(Listener)]) };
        gateway.Status = new JsonObject
        {
            ["addresses"] = new JsonArray([.. state.Addresses.Select(static address => new JsonObject { ["value"] = address })]),
            [Listeners] = new JsonArray([.. state.Listeners.Where(static listener => !listener.IsProgrammed)
                .Select(static listener => new JsonObject { [Name] = listener.Name, [Conditions] = Programmed(false, null, null) })]),
        };
        if (state is not { IsProgrammed: null, Reason: null, Message: null })
        {
            gateway.Status[Conditions] = Programmed(state.IsProgrammed, state.Reason, state.Message);
        }

        return gateway;
    }

    private static JsonObject Listener(GatewayListener listener)
    {
        var kept = new JsonObject { [Name] = listener.Name, ["port"] = listener.Port, ["protocol"] = listener.IsSecure ? "HTTPS" : "HTTP" };
        if (listener.Hostname is { } hostname)
        {
            kept["hostname"] = hostname;
        }

        if (!listener.IsOfOwnNamespace)
        {
            kept["allowedRoutes"] = new JsonObject { ["namespaces"] = new JsonObject { ["from"] = "All" } };
        }

        return kept;
    }

    private static JsonArray Programmed(bool? holds, string? reason, string? message) =>
        new(new JsonObject { ["type"] = "Programmed", ["status"] = holds switch { true => "True", false => "False", _ => "Unknown" }, ["reason"] = reason, ["message"] = message });
}
