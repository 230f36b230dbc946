using System.Text.Json;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>
/// Judges an object by the schema of its CRD, with the API server's order and words (pkg/validation/validate of kube-openapi, pkg/apiserver/validation and pkg/apiserver/schema/listtype of
/// apiextensions-apiserver). What is null and may not be counts as missing, as there.
/// </summary>
internal sealed class SchemaValidation(SchemaProblems problems)
{
    /// <summary>Judges a value.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="schema">What it should be.</param>
    /// <param name="value">What it is.</param>
    public void Judge(FieldPath path, ObjectSchema schema, JsonElement value)
    {
        ValueType.Judge(path, schema, value, problems);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                ValueLimits.JudgeText(path, schema, value, problems);
                break;
            case JsonValueKind.Number:
                ValueLimits.JudgeNumber(path, schema, value, problems);
                break;
            case JsonValueKind.Array:
                JudgeElements(path, schema, value);
                break;
        }

        if (schema.Enum.Count > 0 && !schema.Enum.Any(allowed => JsonElement.DeepEquals(allowed, value)))
        {
            string supported = string.Join(", ", schema.Enum.Select(static allowed => GoText.Quote(allowed.ToString())));
            problems.Add(path, $"Unsupported value: {GoText.Show(value)}: supported values: {supported}");
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            JudgeFields(path, schema, value);
        }
    }

    private void JudgeElements(FieldPath path, ObjectSchema schema, JsonElement list)
    {
        int count = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (schema.Items is not null)
            {
                Judge(path.Element(count), schema.Items, element);
            }

            count++;
        }

        if (count < schema.MinItems)
        {
            problems.Add(path, $"Invalid value: {count}: {path} in body should have at least {schema.MinItems} items");
        }

        if (count > schema.MaxItems)
        {
            problems.Add(path, $"Too many: {count}: must have at most {schema.MaxItems} {(schema.MaxItems == 1 ? "item" : "items")}");
        }

        ListKeys.Judge(path, schema, list, problems);
    }

    private void JudgeFields(FieldPath path, ObjectSchema schema, JsonElement map)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty field in map.EnumerateObject())
        {
            ObjectSchema? of = schema.Of(field.Name);

            // A null that may not be one is dropped before it is looked at, or the default takes its place.
            if (of is not null && field.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            present.Add(field.Name);
            if (of is not null)
            {
                Judge(path.Field(field.Name), of, field.Value);
            }
        }

        if (present.Count > schema.MaxProperties)
        {
            problems.Add(path, $"Too many: {present.Count}: must have at most {schema.MaxProperties} {(schema.MaxProperties == 1 ? "item" : "items")}");
        }

        foreach (string required in schema.Required.Where(name => !present.Contains(name) && schema.Of(name) is not { HasDefault: true }))
        {
            problems.Add(path.Field(required), "Required value");
        }
    }
}
