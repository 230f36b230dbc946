using System.Globalization;
using System.Text.Json.Nodes;

namespace MockOperator.Testing;

/// <summary>Applies a JSON patch (RFC 6902): <c>add</c>, <c>remove</c>, <c>replace</c> and <c>test</c>.</summary>
internal static class PlayedJsonPatch
{
    /// <summary>The changed document; null when an operation does not fit it.</summary>
    public static JsonObject? Apply(JsonObject document, JsonArray operations)
    {
        foreach (var operation in operations)
        {
            var path = ((string)operation!["path"]!).Split('/').Skip(1).Select(static part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
            JsonNode? parent = document;
            foreach (var part in path.SkipLast(1))
                parent = Child(parent, part);
            var fits = parent switch
            {
                JsonObject members => Change(members, path[^1], (string)operation["op"]!, operation["value"]),
                JsonArray elements => Change(elements, path[^1], (string)operation["op"]!, operation["value"]),
                _ => false,
            };
            if (!fits)
                return null;
        }

        return document;
    }

    private static JsonNode? Child(JsonNode? parent, string name) => parent switch
    {
        JsonObject members => members[name],
        JsonArray elements when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < elements.Count => elements[index],
        _ => null,
    };

    private static bool Change(JsonObject parent, string name, string operation, JsonNode? value)
    {
        switch (operation)
        {
            case "add":
            case "replace" when parent.ContainsKey(name):
                parent[name] = value?.DeepClone();
                return true;
            case "remove":
                return parent.Remove(name);
            default:
                return operation == "test" && JsonNode.DeepEquals(parent[name], value);
        }
    }

    private static bool Change(JsonArray parent, string name, string operation, JsonNode? value)
    {
        if (operation == "add" && name == "-")
        {
            parent.Add(value?.DeepClone());
            return true;
        }

        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= parent.Count + (operation == "add" ? 1 : 0))
            return false;
        switch (operation)
        {
            case "add":
                parent.Insert(index, value?.DeepClone());
                return true;
            case "replace":
                parent[index] = value?.DeepClone();
                return true;
            case "remove":
                parent.RemoveAt(index);
                return true;
            default:
                return operation == "test" && JsonNode.DeepEquals(parent[index], value);
        }
    }
}
