using System.Text.Json;

namespace MockOperator.Kubernetes.Client;

/// <summary>Reads members of JSON from outside without trusting their types.</summary>
internal static class JsonReading
{
    /// <summary>A member's text; empty when it is absent or no string.</summary>
    public static string Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A whole number; null for anything else.</summary>
    public static int? TryGetInt32Safe(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) ? value : null;
}
