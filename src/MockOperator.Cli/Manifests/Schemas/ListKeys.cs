using System.Text.Json;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>Judges lists whose elements are told apart by themselves, or by some of their fields.</summary>
internal static class ListKeys
{
    /// <summary>Judges a list.</summary>
    public static void Judge(FieldPath path, ObjectSchema schema, JsonElement list, SchemaProblems problems)
    {
        if (!schema.IsSet && schema.MapKeys.Count == 0)
        {
            return;
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        int index = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            string key = schema.IsSet ? GoText.Show(element) : KeyOf(schema.MapKeys, element);
            int times = seen[key] = seen.GetValueOrDefault(key) + 1;

            // What is there a third time is not told again.
            if (times == 2)
            {
                problems.Add(path.Element(index), $"Duplicate value: {key}");
            }

            index++;
        }
    }

    private static string KeyOf(IReadOnlyList<string> names, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return "{}";
        }

        IEnumerable<string> fields = names.Order(StringComparer.Ordinal)
            .Where(name => element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
            .Select(name => $"\"{name}\":{GoText.Show(element.GetProperty(name))}");
        return $"{{{string.Join(',', fields)}}}";
    }
}
