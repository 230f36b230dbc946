using System.Text.Json.Nodes;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>An object of the fake cluster: what each field manager applied, what others set, and what the server keeps.</summary>
internal sealed class StoredObject(string apiVersion, string kind, string ns, string name)
{
    public string ApiVersion { get; } = apiVersion;

    public string Kind { get; } = kind;

    public string Namespace { get; } = ns;

    public string Name { get; } = name;

    public string Uid { get; } = Guid.NewGuid().ToString();

    public long Generation { get; set; } = 1;

    public long Version { get; set; }

    /// <summary>What nobody applied: created, edited by hand, or set by a controller of the cluster.</summary>
    public JsonObject Base { get; } = [];

    public SortedDictionary<string, JsonObject> Applied { get; } = new(StringComparer.Ordinal);

    public JsonObject? Status { get; set; }

    public JsonObject Content()
    {
        var content = (JsonObject)Base.DeepClone();
        foreach (JsonObject body in Applied.Values)
        {
            Merge(content, body);
        }

        return content;
    }

    public JsonObject Render()
    {
        JsonObject content = Content();
        JsonObject metadata = content["metadata"] as JsonObject ?? [];
        content["metadata"] = metadata;
        content["apiVersion"] = ApiVersion;
        content["kind"] = Kind;
        metadata["name"] = Name;
        metadata["namespace"] = Namespace;
        metadata["uid"] = Uid;
        metadata["generation"] = Generation;
        metadata["resourceVersion"] = Version.ToString();
        metadata["creationTimestamp"] = "2026-01-01T00:00:00Z";
        metadata["managedFields"] = new JsonArray([.. Applied.Select(applied => new JsonObject
        {
            ["manager"] = applied.Key,
            ["operation"] = "Apply",
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields(applied.Value, isRoot: true),
        })]);
        if (Status is not null)
        {
            content["status"] = Status.DeepClone();
        }

        return content;
    }

    public static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string key, JsonNode? value) in patch)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner && target[key] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }

    private static JsonObject Fields(JsonObject body, bool isRoot = false)
    {
        var fields = new JsonObject();
        foreach ((string key, JsonNode? value) in body)
        {
            if (!isRoot || key is not ("apiVersion" or "kind"))
            {
                fields["f:" + key] = value is JsonObject inner ? Fields(inner) : [];
            }
        }

        return fields;
    }
}
