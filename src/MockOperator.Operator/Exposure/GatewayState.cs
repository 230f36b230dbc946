using System.Text.Json.Nodes;
using MockOperator.Kinds;
using MockOperator.Operator.Conditions;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>What of a Gateway decides where its routes are found.</summary>
/// <param name="Listeners">Those that speak HTTP or HTTPS.</param>
/// <param name="Addresses">Its addresses; empty while it has none.</param>
/// <param name="IsProgrammed">Whether its controller has brought it about; null when it does not say.</param>
/// <param name="Reason">Why not, as one word.</param>
/// <param name="Message">Why not, for people.</param>
public sealed record GatewayState(IReadOnlyList<GatewayListener> Listeners, IReadOnlyList<string> Addresses, bool? IsProgrammed, string? Reason, string? Message)
{
    // As many as the API takes.
    private const int MostListeners = 64;
    private const int MostAddresses = 4;
    private const int LongestName = 253;
    private const int LongestMessage = 1024;

    /// <summary>Whether its controller has taken it up: it says so, or it gave it an address and does not say otherwise.</summary>
    public bool IsUp => IsProgrammed ?? Addresses.Count > 0;

    /// <summary>Reads it. What it says is anybody's JSON: what has another form says nothing, and each text and list has a bound.</summary>
    /// <param name="gateway">The Gateway.</param>
    public static GatewayState Of(Gateway gateway)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        HashSet<string> idle = [.. Objects(gateway.Status?["listeners"]).Take(MostListeners).Where(static listener => Programmed(listener) is { } said && Text(said["status"]) == "False").Select(static listener => Text(listener["name"])).OfType<string>()];
        JsonObject? programmed = gateway.Status is { } status ? Programmed(status) : null;
        return new GatewayState(
            [.. Objects(gateway.Spec?["listeners"]).Take(MostListeners).Select(listener => Listener(listener, idle)).OfType<GatewayListener>()],
            [.. Objects(gateway.Status?["addresses"]).Take(MostAddresses).Select(static address => Text(address["value"])).OfType<string>().Where(static value => value.Length > 0)],
            programmed is null ? null : Text(programmed["status"]) switch { "True" => true, "False" => false, _ => null },
            programmed is null ? null : Text(programmed["reason"]),
            programmed is null ? null : Text(programmed["message"], LongestMessage));
    }

    /// <summary>The listener that serves a host to those who attach by a reference: one that works before one that does not, HTTPS before HTTP, the usual port before others; null when none does.</summary>
    /// <param name="reference">The reference, which may name the listener or its port.</param>
    /// <param name="host">The host name.</param>
    /// <param name="isOwnNamespace">Whether the route is in the Gateway's namespace.</param>
    public GatewayListener? ListenerFor(GatewayParentReference reference, string host, bool isOwnNamespace)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Listeners
            .Where(listener => (reference.SectionName is null || listener.Name == reference.SectionName)
                && (reference.Port is null || listener.Port == reference.Port)
                && (isOwnNamespace || !listener.IsOfOwnNamespace)
                && listener.Serves(host))
            .OrderByDescending(static listener => listener.IsProgrammed)
            .ThenByDescending(static listener => listener.IsSecure)
            .ThenByDescending(static listener => listener.HasUsualPort)
            .FirstOrDefault();
    }

    /// <summary>Whether another state says the same.</summary>
    /// <param name="other">The other state.</param>
    public bool Equals(GatewayState? other) =>
        other is not null
        && (IsProgrammed, Reason, Message) == (other.IsProgrammed, other.Reason, other.Message)
        && Listeners.SequenceEqual(other.Listeners)
        && Addresses.SequenceEqual(other.Addresses, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsProgrammed, Reason, Message, Listeners.Count, Addresses.Count);

    private static GatewayListener? Listener(JsonObject listener, HashSet<string> idle)
    {
        bool? isSecure = Text(listener["protocol"]) switch { "HTTP" => false, "HTTPS" => true, _ => null };
        if (isSecure is null || Text(listener["name"]) is not { } name || listener["port"] is not JsonValue number || !number.TryGetValue(out int port) || port is < 1 or > 65535)
        {
            return null;
        }

        string? from = Text(((listener["allowedRoutes"] as JsonObject)?["namespaces"] as JsonObject)?["from"]);
        string? hostname = Text(listener["hostname"]);
        return new GatewayListener(name, hostname is { Length: > 0 } ? hostname : null, port, isSecure.Value, from is null or "Same", !idle.Contains(name));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();

    private static JsonObject? Programmed(JsonObject status) => Objects(status["conditions"]).FirstOrDefault(static condition => Text(condition["type"]) == "Programmed");

    private static string? Text(JsonNode? node, int longest = LongestName) => node is JsonValue value && value.TryGetValue(out string? text) ? BoundedText.Cut(text, longest) : null;
}
