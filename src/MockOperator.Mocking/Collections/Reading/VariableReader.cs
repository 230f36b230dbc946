using System.Collections.Frozen;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads tables of variables: <c>{key | id, value, disabled}</c> of collections, folders and items, <c>{key, value, enabled}</c> of environments.</summary>
internal static class VariableReader
{
    /// <summary>The scope of a collection, folder or item; the outer one when it has no variables of its own.</summary>
    public static VariableScope ReadScope(DocumentNode table, VariableScope outer, ReadingContext context)
    {
        FrozenDictionary<string, string> variables = Read(table, context);
        return variables.Count == 0 ? outer : new VariableScope(variables, ReferenceEquals(outer, VariableScope.Empty) ? null : outer);
    }

    /// <summary>
    /// Enabled variables by name; of repeated names the last. A variable without a value, or with <c>null</c>, is absent: Postman leaves its token alone.
    /// </summary>
    public static FrozenDictionary<string, string> Read(DocumentNode table, ReadingContext context)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (table.Kind)
        {
            case JsonValueKind.Array:
                ReadRows(table, variables, context);
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                context.WrongType(table, "variables as an array");
                break;
        }

        return variables.Count == 0 ? FrozenDictionary<string, string>.Empty : variables.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void ReadRows(DocumentNode table, Dictionary<string, string> variables, ReadingContext context)
    {
        foreach (DocumentNode row in table.Elements)
        {
            if (row.Kind != JsonValueKind.Object)
            {
                context.WrongType(row, "a variable with key and value");
                continue;
            }

            if (!ReadingContext.IsEnabled(row))
            {
                continue;
            }

            DocumentNode key = row["key"];
            string? name = context.Text(key.IsAbsent ? row["id"] : key);
            string? value = context.TextOrJson(row["value"]);
            if (string.IsNullOrEmpty(name) || value is null)
            {
                continue;
            }

            if (variables.Count >= context.Limits.Fields && !variables.ContainsKey(name))
            {
                context.Issues.Skip(
                    row.Path, LoadIssueReason.TooMany, $"There are more than {context.Limits.Fields} variables. This one and those after it are left out.");
                return;
            }

            variables[name] = value;
        }
    }
}
