using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>Reads the schema of a CRD. It takes only what is judged here, so that a word which is new in a CRD cannot go unheeded.</summary>
internal static class SchemaReader
{
    private static readonly TimeSpan s_longestMatch = TimeSpan.FromSeconds(1);

    /// <summary>Reads a schema.</summary>
    /// <exception cref="NotSupportedException">It says something that is not judged here.</exception>
    public static ObjectSchema Read(JsonElement schema)
    {
        var result = new ObjectSchema();
        foreach (JsonProperty word in schema.EnumerateObject())
        {
            result = With(result, word.Name, word.Value);
        }

        return result;
    }

    private static ObjectSchema With(ObjectSchema schema, string word, JsonElement value) => word switch
    {
        // CEL is judged by the rules in C# beside it. How lists and maps are merged is no business of a single object, nor is what a field is for.
        "description" or "x-kubernetes-validations" or "x-kubernetes-map-type" => schema,

        // It stands only beside int-or-string, and says the same.
        "anyOf" => schema,
        "type" => schema with { Type = value.GetString() },
        "format" => schema with { Format = value.GetString() is "int32" or "int64" or "byte" or "date-time" ? value.GetString() : throw Unknown(word, value) },
        "default" => schema with { HasDefault = true },
        "properties" => schema with { Properties = value.EnumerateObject().ToFrozenDictionary(static field => field.Name, static field => Read(field.Value), StringComparer.Ordinal) },
        "additionalProperties" => schema with { AdditionalProperties = Read(value) },
        "items" => schema with { Items = Read(value) },
        "required" => schema with { Required = [.. value.EnumerateArray().Select(static name => name.GetString()!)] },
        "enum" => schema with { Enum = [.. value.EnumerateArray()] },
        "pattern" => schema with { Pattern = value.GetString(), PatternForm = Form(value.GetString()!) },
        "minimum" => schema with { Minimum = value.GetInt64() },
        "maximum" => schema with { Maximum = value.GetInt64() },
        "minLength" => schema with { MinLength = value.GetInt32() },
        "maxLength" => schema with { MaxLength = value.GetInt32() },
        "minItems" => schema with { MinItems = value.GetInt32() },
        "maxItems" => schema with { MaxItems = value.GetInt32() },
        "maxProperties" => schema with { MaxProperties = value.GetInt32() },
        "x-kubernetes-int-or-string" => schema with { IsIntOrString = value.GetBoolean() },
        "x-kubernetes-preserve-unknown-fields" => schema with { KeepsUnknownFields = value.GetBoolean() },
        "x-kubernetes-list-map-keys" => schema with { MapKeys = [.. value.EnumerateArray().Select(static key => key.GetString()!)] },
        "x-kubernetes-list-type" => schema with { IsSet = value.GetString() == "set" },
        _ => throw Unknown(word, value),
    };

    /// <summary>In RE2 a dollar sign is the very end of the text, and here it would also be the place before a line feed there.</summary>
    private static Regex Form(string pattern) =>
        new(pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern, RegexOptions.CultureInvariant, s_longestMatch);

    private static NotSupportedException Unknown(string word, JsonElement value) => new($"The schema says '{word}: {value}', which is not judged here.");
}
