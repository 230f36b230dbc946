using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MockOperator.Client.Mocks;

/// <summary>What of a field changes, as a member of a merge patch (RFC 7396): objects by their members, nulls for what goes, lists and values whole.</summary>
internal static class MergeDifference
{
    /// <summary>Writes the member; nothing when nothing changes.</summary>
    /// <param name="json">Where to: inside an object.</param>
    /// <param name="member">The name of the field.</param>
    /// <param name="before">What it was; null for nothing.</param>
    /// <param name="after">What it becomes; null for nothing.</param>
    /// <param name="type">How it is written.</param>
    public static void Write<T>(Utf8JsonWriter json, string member, T? before, T? after, JsonTypeInfo<T> type)
        where T : class
    {
        if (before == after)
            return;
        Write(json, member, before is null ? null : JsonSerializer.SerializeToElement(before, type), after is null ? null : JsonSerializer.SerializeToElement(after, type));
    }

    private static void Write(Utf8JsonWriter json, string member, JsonElement? before, JsonElement? after)
    {
        if (after is not { } now)
        {
            json.WriteNull(member);
        }
        else if (before is not { } was || was.ValueKind != JsonValueKind.Object || now.ValueKind != JsonValueKind.Object)
        {
            json.WritePropertyName(member);
            now.WriteTo(json);
        }
        else if (!JsonElement.DeepEquals(was, now))
        {
            json.WriteStartObject(member);
            foreach (var gone in was.EnumerateObject().Where(one => !now.TryGetProperty(one.Name, out _)))
                json.WriteNull(gone.Name);
            foreach (var one in now.EnumerateObject())
            {
                var there = was.TryGetProperty(one.Name, out var value);
                if (!there || !JsonElement.DeepEquals(value, one.Value))
                    Write(json, one.Name, there ? value : null, one.Value);
            }

            json.WriteEndObject();
        }
    }
}
