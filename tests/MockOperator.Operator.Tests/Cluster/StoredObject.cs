using System.Globalization;
using System.Text.Json.Nodes;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>An object of the fake cluster: what each field manager applied, what others set, and what the server keeps.</summary>
internal sealed class StoredObject(string apiVersion, string kind, string ns, string name)
{
    private HashSet<string> _appliedConditions = [];

    /// <summary>The manager of what nobody applied.</summary>
    public const string User = "kubectl-edit";

    public string ApiVersion { get; } = apiVersion;

    public string Kind { get; } = kind;

    public string Namespace { get; } = ns;

    public string Name { get; } = name;

    public string Uid { get; } = Guid.NewGuid().ToString();

    public long Generation { get; set; } = 1;

    public long Version { get; set; }

    /// <summary>When it was made; each object is a second younger than the one before it.</summary>
    public DateTimeOffset Created { get; init; }

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
        metadata["creationTimestamp"] = Created.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        metadata["managedFields"] = new JsonArray([.. Managers().Select(static entry => new JsonObject
        {
            ["manager"] = entry.Manager,
            ["operation"] = entry.Operation,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields(entry.Fields, isRoot: true),
        })]);
        if (Status is not null || StatusDefaults.Of(Kind) is not null)
        {
            content["status"] = Observed();
        }

        return content;
    }

    /// <summary>
    /// Writes the status. An apply leaves conditions that its manager has never applied, a default among them, and the order that the list had: new ones come behind, as API servers merge that do not
    /// take the order of who applies.
    /// </summary>
    public void SetStatus(JsonObject? status, bool isApply)
    {
        if (isApply && status?["conditions"] is JsonArray applied)
        {
            HashSet<string> types = [.. applied.Select(static condition => (string)condition!["type"]!)];
            List<JsonNode> live = [.. (Observed()["conditions"] as JsonArray ?? []).Select(static condition => condition!.DeepClone())];
            HashSet<string> known = [.. live.Select(static condition => (string)condition["type"]!)];
            IEnumerable<JsonNode> kept = live
                .Where(condition => types.Contains((string)condition["type"]!) || !_appliedConditions.Contains((string)condition["type"]!))
                .Select(condition => applied.FirstOrDefault(mine => (string?)mine!["type"] == (string?)condition["type"])?.DeepClone() ?? condition);
            status["conditions"] = new JsonArray([.. kept, .. applied.Where(mine => !known.Contains((string)mine!["type"]!)).Select(static mine => mine!.DeepClone())]);
            _appliedConditions = types;
        }

        Status = status;
    }

    // What is stored without a status, or with one that has no conditions, is shown with those of its definition.
    private JsonObject Observed()
    {
        JsonObject status = (JsonObject?)Status?.DeepClone() ?? [];
        if (StatusDefaults.Of(Kind) is { } standard)
        {
            status["conditions"] ??= standard["conditions"]!.DeepClone();
        }

        return status;
    }

    /// <summary>The managers that own a field which a body would set to something else.</summary>
    public IEnumerable<(string Manager, string Field)> ConflictsWith(string manager, JsonObject body) =>
        from entry in Managers()
        where entry.Manager != manager
        from field in Differing(body, entry.Fields, "")
        select (entry.Manager, field);

    private IEnumerable<(string Manager, string Operation, JsonObject Fields)> Managers()
    {
        IEnumerable<(string Manager, string Operation, JsonObject Fields)> managers = Applied.Select(static applied => (applied.Key, "Apply", applied.Value));
        return Base.Count > 0 ? managers.Append((User, "Update", Base)) : managers;
    }

    private static IEnumerable<string> Differing(JsonObject body, JsonObject owned, string path) =>
        from member in body
        let theirs = owned[member.Key]
        where theirs is not null
        from field in member.Value is JsonObject inner && theirs is JsonObject other
            ? Differing(inner, other, $"{path}.{member.Key}")
            : JsonNode.DeepEquals(member.Value, theirs) ? [] : [$"{path}.{member.Key}"]
        select field;

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
