using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MockOperator.PostmanApi.Tests.Playing;

/// <summary>As much of JSON Schema as the description uses. An object may have no member that is not described, unless its schema says so.</summary>
internal static class Schemas
{
    private static readonly HashSet<string> Known = ["type", "description", "format", "required", "properties", "additionalProperties", "items", "enum", "pattern", "minimum", "maximum", "default", "anyOf", "$ref"];

    public static JsonNode Resolve(JsonNode document, string reference) => reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, part) => node[part]!);

    public static IReadOnlyList<string> Problems(JsonNode document, JsonNode schema, JsonNode? value, string place)
    {
        if ((string?)schema["$ref"] is { } reference)
            return Problems(document, Resolve(document, reference), value, place);
        Assert.Empty(schema.AsObject().Select(member => member.Key).Except(Known));
        if (schema["anyOf"] is JsonArray any)
        {
            var all = any.Select(one => Problems(document, one!, value, place)).ToList();
            return all.Any(one => one.Count == 0) ? [] : [.. all.SelectMany(one => one)];
        }

        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if (schema["type"] is { } type && !(type is JsonArray types ? types.Select(one => (string)one!) : [(string)type!]).Any(one => Is(kind, value, one)))
            return [$"{place} is {kind}, not {type.ToJsonString()}"];
        var problems = new List<string>();
        if (schema["enum"] is JsonArray values && !values.Any(one => JsonNode.DeepEquals(one, value)))
            problems.Add($"{place} is {value?.ToJsonString()}, none of {values.ToJsonString()}");
        if ((string?)schema["pattern"] is { } pattern && kind == JsonValueKind.String && !Regex.IsMatch((string)value!, pattern, RegexOptions.ExplicitCapture))
            problems.Add($"{place} is {value!.ToJsonString()}, which is not {pattern}");
        if (kind == JsonValueKind.Number && ((double?)schema["minimum"] > (double)value! || (double?)schema["maximum"] < (double)value!))
            problems.Add($"{place} is {value!.ToJsonString()}, out of bounds");
        if (value is JsonArray list && schema["items"] is { } items)
            problems.AddRange(list.SelectMany((item, i) => Problems(document, items, item, string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"))));
        if (value is JsonObject members)
            problems.AddRange(OfMembers(document, schema, members, place));
        return problems;
    }

    private static IEnumerable<string> OfMembers(JsonNode document, JsonNode schema, JsonObject members, string place)
    {
        foreach (var needed in schema["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey((string)needed!))
                yield return $"{place} has no {needed}";
        }

        foreach (var (name, member) in members)
        {
            if (schema["properties"]?[name] is { } described)
            {
                foreach (var problem in Problems(document, described, member, $"{place}.{name}"))
                    yield return problem;
            }
            else if (schema["properties"] is not null && (bool?)schema["additionalProperties"] != true)
            {
                yield return $"{place}.{name} is not described";
            }
        }
    }

    private static bool Is(JsonValueKind kind, JsonNode? value, string type) => type switch
    {
        "string" => kind == JsonValueKind.String,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "integer" => kind == JsonValueKind.Number && (double)value! % 1 == 0,
        "number" => kind == JsonValueKind.Number,
        "object" => kind == JsonValueKind.Object,
        "array" => kind == JsonValueKind.Array,
        "null" => kind == JsonValueKind.Null,
        _ => throw new ArgumentException(type, nameof(type)),
    };
}
