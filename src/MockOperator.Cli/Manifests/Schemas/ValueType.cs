using System.Text.Json;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>Judges of which type a value is.</summary>
internal static class ValueType
{
    /// <summary>The largest whole number that a float counts as one (ECMA-262: 2^53 - 1).</summary>
    private const double LargestWhole = 9007199254740991;

    private const string IntOrString = "integer,string";

    /// <summary>Judges a value.</summary>
    public static void Judge(FieldPath path, ObjectSchema schema, JsonElement value, SchemaProblems problems)
    {
        string? expected = schema.IsIntOrString ? IntOrString : schema.Type;
        if (expected is null)
        {
            return;
        }

        (string type, string format) = Of(value);
        bool fits = expected.Split(',').Contains(type, StringComparer.Ordinal)
            || (type == "integer" && expected == "number")
            || (type == "number" && IsWhole(value) && expected is "integer" or IntOrString);
        if (type is not ("string" or "array") && schema.Format is { } named && !fits && format != named)
        {
            Tell(path, named, format, problems);
        }
        else if (!fits)
        {
            // A server lets a list pass where a text with a format is expected; nothing that reads the object does.
            Tell(path, expected, type, problems);
        }
    }

    /// <summary>Whether a number is a whole one, however it is written.</summary>
    public static bool IsWhole(JsonElement number) =>
        number.TryGetInt64(out _) || (number.TryGetDouble(out double real) && Math.Abs(real) <= LargestWhole && Math.Floor(real).Equals(real));

    private static (string Type, string Format) Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ("object", ""),
        JsonValueKind.Array => ("array", ""),
        JsonValueKind.String => ("string", ""),
        JsonValueKind.Number when value.TryGetInt64(out _) => ("integer", "int64"),
        JsonValueKind.Number => ("number", "float64"),
        JsonValueKind.True or JsonValueKind.False => ("boolean", ""),
        _ => ("null", ""),
    };

    private static void Tell(FieldPath path, string expected, string found, SchemaProblems problems) =>
        problems.Add(path, $"Invalid value: {GoText.Quote(found)}: {path} in body must be of type {expected}: {GoText.Quote(found)}");
}
