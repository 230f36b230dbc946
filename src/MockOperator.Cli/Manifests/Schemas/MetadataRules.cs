using System.Text.Json;
using MockOperator.Client.Naming;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>What the API server wants of the metadata of every object, as far as people write it.</summary>
internal static class MetadataRules
{
    private const int LongestName = 253;

    private const string NameRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>Judges the metadata of an object.</summary>
    public static void Judge(JsonElement body, SchemaProblems problems)
    {
        if (!body.TryGetProperty("metadata", out JsonElement metadata) || metadata.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        FieldPath at = FieldPath.Root.Field("metadata");
        if (metadata.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String)
        {
            JudgeName(at.Field("name"), name.GetString()!, problems);
        }

        foreach (string texts in (string[])["labels", "annotations"])
        {
            JudgeTexts(at.Field(texts), metadata, texts, problems);
        }
    }

    private static void JudgeName(FieldPath path, string name, SchemaProblems problems)
    {
        if (name.Length > LongestName)
        {
            problems.Add(path, $"Invalid value: {GoText.Quote(name)}: must be no more than {LongestName} bytes");
        }
        else if (!name.Split('.').All(static label => DnsLabel.Is(label, LongestName)))
        {
            problems.Add(path, $"Invalid value: {GoText.Quote(name)}: {NameRule}");
        }
    }

    private static void JudgeTexts(FieldPath path, JsonElement metadata, string field, SchemaProblems problems)
    {
        if (!metadata.TryGetProperty(field, out JsonElement texts) || texts.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (texts.ValueKind != JsonValueKind.Object)
        {
            problems.Add(path, $"cannot unmarshal {Word(texts)} into a field of type map[string]string");
            return;
        }

        foreach (JsonProperty text in texts.EnumerateObject().Where(static text => text.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)))
        {
            problems.Add(path.Field(text.Name), $"cannot unmarshal {Word(text.Value)} into a field of type string; write it in quotes");
        }
    }

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        _ => "bool",
    };
}
