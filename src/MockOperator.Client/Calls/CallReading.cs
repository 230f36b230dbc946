using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>Reads what pods tell of calls, and trusts none of it: a caller of <see cref="Page"/> meets no null that the types rule out.</summary>
internal static class CallReading
{
    private static readonly CallJson Json = new(new JsonSerializerOptions(CallJson.Default.Options) { RespectNullableAnnotations = true });

    /// <exception cref="SilenceException">It is no page of calls.</exception>
    public static CallPage Page(ReadOnlySpan<byte> json)
    {
        var page = Read(json, Json.CallPage);
        return page.Calls.All(IsSound) ? page : throw Unreadable(null);
    }

    /// <exception cref="SilenceException">It is no call.</exception>
    public static MockCall Call(ReadOnlySpan<byte> json)
    {
        var call = Read(json, Json.MockCall);
        return IsSound(call) ? call : throw Unreadable(null);
    }

    /// <summary>The message of an error; null when it is none.</summary>
    public static string? Error(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
                    ? message.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Unreadable(null);
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    // The serializer looks at members, not at what is in a list. An id stands in paths and cursors.
    private static bool IsSound(MockCall? call) =>
        call is not null
        && call.Id.Length > 0 && !call.Id.Any(char.IsControl)
        && call.Request.Headers?.Contains(null!) != true
        && call.Response.Headers?.Contains(null!) != true
        && call.Nearest?.Contains(null!) != true;

    private static SilenceException Unreadable(JsonException? inner) =>
        new(Silence.Unreadable, $"What the pod answers is not what calls look like{(inner?.Path is { Length: > 0 } path ? $" (at {path})" : "")}.", inner);
}
