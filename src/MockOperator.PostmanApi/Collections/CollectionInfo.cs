using System.Text.Json;
using k8s.Models;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Identity;

namespace MockOperator.PostmanApi.Collections;

/// <summary>Writes the <c>info</c> of a collection as Postman's API answers it: with ids and times, which stored documents have of elsewhere or not at all.</summary>
internal static class CollectionInfo
{
    private static readonly string[] Ours = ["_postman_id", "uid", "createdAt", "updatedAt", "lastUpdatedBy"];

    /// <summary>Writes the members of an info object.</summary>
    /// <param name="json">Where to, inside the object.</param>
    /// <param name="stored">What is stored; undefined for nothing.</param>
    /// <param name="id">Id of the collection.</param>
    /// <param name="metadata">Of the object that keeps it.</param>
    public static void Write(Utf8JsonWriter json, JsonElement stored, string id, V1ObjectMeta metadata)
    {
        json.WriteString("_postman_id", id);
        json.WriteString("uid", PostmanId.Uid(id));
        if (stored.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in stored.EnumerateObject().Where(member => !Ours.Contains(member.Name, StringComparer.Ordinal)))
                member.WriteTo(json);
        }

        json.WriteString("createdAt", Timestamp.Created(metadata));
        json.WriteString("updatedAt", Timestamp.Updated(metadata));
        json.WriteString("lastUpdatedBy", PostmanId.Owner);
    }
}
