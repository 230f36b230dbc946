using System.Text.Json;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.PostmanApi.Identity;

namespace MockOperator.PostmanApi.Collections;

/// <summary>The answers that hold a collection's content. The whole one is the stored bytes with another <c>info</c>; nothing else of them is read into memory twice.</summary>
internal static class CollectionContent
{
    private static readonly byte[] Open = "{\"collection\":"u8.ToArray();
    private static readonly byte[] Close = "}"u8.ToArray();

    /// <summary>The whole collection, in pieces.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Whole(WrappedDocument document, ObjectKey key, string id, V1ObjectMeta metadata)
    {
        // Postman's first format has neither info nor items.
        IEnumerable<Splice> splices = document.HasInfo
            ? new ItemIds(key).Find(document.Whole).Append(new Splice(document.Info.Start.Value, document.Info.End.Value, Info(document, id, metadata))).OrderBy(splice => splice.Start)
            : [];
        return [Open, .. Splice.Apply(document.Whole, splices), Close];
    }

    /// <summary>What <c>model=minimal</c> asks for: all but the items, whose ids are told for the first level.</summary>
    public static ReadOnlyMemory<byte> Minimal(WrappedDocument document, ObjectKey key, string id, V1ObjectMeta metadata)
    {
        using var parsed = Parse(document.Whole);
        var answer = new MemoryStream();
        using (var json = new Utf8JsonWriter(answer))
        {
            var root = parsed.RootElement;
            json.WriteStartObject();
            json.WriteStartObject("collection");
            json.WriteStartObject("info");
            CollectionInfo.Write(json, root.TryGetProperty("info", out var info) ? info : default, id, metadata);
            json.WriteEndObject();
            foreach (var (name, told) in ((string, string)[])[("variable", "variable"), ("auth", "auth"), ("event", "events")])
            {
                if (root.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null)
                {
                    json.WritePropertyName(told);
                    member.WriteTo(json);
                }
            }

            var ids = new ItemIds(key);
            WriteItems(json, "rootLevelRequests", root, ids, folders: false);
            WriteItems(json, "rootLevelFolders", root, ids, folders: true);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return answer.ToArray();
    }

    private static void WriteItems(Utf8JsonWriter json, string name, JsonElement root, ItemIds ids, bool folders)
    {
        json.WriteStartArray(name);
        if (root.TryGetProperty("item", out var items) && items.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in items.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("item", out _) == folders)
                    json.WriteStringValue(PostmanId.Uid(IdOf(item) ?? ids.Of($"{index}/", Text(item, "name"))));
                index++;
            }
        }

        json.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Info(WrappedDocument document, string id, V1ObjectMeta metadata)
    {
        var info = new MemoryStream();
        using (var json = new Utf8JsonWriter(info))
        {
            using var stored = Parse(document.Whole[document.Info]);
            json.WriteStartObject();
            CollectionInfo.Write(json, stored.RootElement, id, metadata);
            json.WriteEndObject();
        }

        return info.ToArray();
    }

    private static string? IdOf(JsonElement item) => PostmanId.Read(Text(item, "id"));

    private static string? Text(JsonElement of, string name)
    {
        try
        {
            return of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = WrappedDocument.MaxDepth });
}
