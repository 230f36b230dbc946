using System.Collections.Frozen;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads the saved values of <c>:name</c> segments: an array of <c>{key | id, value, disabled}</c>, or a map as v1 has it.</summary>
internal static class PathVariableReader
{
    /// <summary>Non-empty values by name; of repeated names the last.</summary>
    public static FrozenDictionary<string, string> Read(DocumentNode variables, ReadingContext context)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (variables.Kind)
        {
            case JsonValueKind.Array:
                foreach (DocumentNode row in variables.Elements)
                {
                    ReadRow(row, values, context);
                }

                break;
            case JsonValueKind.Object:
                foreach (DocumentProperty property in variables.Properties)
                {
                    Set(values, property.Name(), context.Text(property.Value), context);
                }

                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                context.WrongType(variables, "path variables as an array");
                break;
        }

        return values.Count == 0 ? FrozenDictionary<string, string>.Empty : values.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void ReadRow(DocumentNode row, Dictionary<string, string> values, ReadingContext context)
    {
        if (row.Kind != JsonValueKind.Object)
        {
            context.WrongType(row, "a path variable with key and value");
        }
        else if (ReadingContext.IsEnabled(row))
        {
            DocumentNode name = row["key"];
            Set(values, context.Text(name.IsAbsent ? row["id"] : name), context.Text(row["value"]), context);
        }
    }

    private static void Set(Dictionary<string, string> values, string? name, string? value, ReadingContext context)
    {
        if (!string.IsNullOrEmpty(name) && !string.IsNullOrEmpty(value) && values.Count < context.Limits.Fields)
        {
            values[name] = value;
        }
    }
}
