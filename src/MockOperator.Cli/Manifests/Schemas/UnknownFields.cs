using System.Text.Json;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>
/// Finds what an API server drops from an object, and refuses where it is asked to be strict, as kubectl asks it: fields that the schema does not know, and fields that are there twice
/// (pruning/algorithm.go of apiextensions-apiserver, and sigs.k8s.io/json).
/// </summary>
internal static class UnknownFields
{
    /// <summary>Fields of every object.</summary>
    private static readonly string[] s_typeAndMetadata = ["apiVersion", "kind", "metadata"];

    private static readonly string[] s_metadata =
    [
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "labels", "annotations",
        "ownerReferences", "finalizers", "managedFields",
    ];

    /// <summary>Looks an object through.</summary>
    /// <param name="schema">Its schema.</param>
    /// <param name="body">The object.</param>
    /// <param name="problems">Takes what is found.</param>
    public static void Find(ObjectSchema schema, JsonElement body, SchemaProblems problems)
    {
        FindTwins(FieldPath.Root, body, problems);
        if (body.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object)
        {
            FieldPath at = FieldPath.Root.Field("metadata");
            foreach (JsonProperty field in metadata.EnumerateObject().Where(static field => !s_metadata.Contains(field.Name, StringComparer.Ordinal)))
            {
                AddUnknown(at.Field(field.Name), problems);
            }
        }

        foreach (JsonProperty field in body.EnumerateObject().Where(static field => !s_typeAndMetadata.Contains(field.Name, StringComparer.Ordinal)))
        {
            Find(FieldPath.Root.Field(field.Name), schema.Of(field.Name), field.Value, problems);
        }
    }

    private static void Find(FieldPath path, ObjectSchema? schema, JsonElement value, SchemaProblems problems)
    {
        if (schema is null)
        {
            AddUnknown(path, problems);
        }
        else if (!schema.KeepsUnknownFields)
        {
            FindBelow(path, schema, value, problems);
        }
    }

    private static void FindBelow(FieldPath path, ObjectSchema schema, JsonElement value, SchemaProblems problems)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty field in value.EnumerateObject())
            {
                Find(path.Field(field.Name), schema.Of(field.Name), field.Value, problems);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement element in value.EnumerateArray())
            {
                FindElement(path.Element(index++), schema.Items, element, problems);
            }
        }
    }

    /// <summary>An element is never unknown itself; where its list has no schema, all that it holds is.</summary>
    private static void FindElement(FieldPath path, ObjectSchema? schema, JsonElement element, SchemaProblems problems)
    {
        if (schema is { KeepsUnknownFields: false } || schema is null)
        {
            FindBelow(path, schema ?? new ObjectSchema(), element, problems);
        }
    }

    private static void FindTwins(FieldPath path, JsonElement value, SchemaProblems problems)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonProperty field in value.EnumerateObject())
            {
                FieldPath at = path.Field(field.Name);
                if (!seen.Add(field.Name))
                {
                    problems.Add(new SchemaProblem(at, $"duplicate field \"{at}\""));
                }

                FindTwins(at, field.Value, problems);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement element in value.EnumerateArray())
            {
                FindTwins(path.Element(index++), element, problems);
            }
        }
    }

    private static void AddUnknown(FieldPath path, SchemaProblems problems) => problems.Add(new SchemaProblem(path, $"unknown field \"{path}\""));
}
