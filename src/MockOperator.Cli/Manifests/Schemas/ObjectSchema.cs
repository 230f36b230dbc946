using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>A structural schema of a CRD, as far as ours use one (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema).</summary>
internal sealed record ObjectSchema
{
    /// <summary>A schema that takes everything.</summary>
    public static ObjectSchema Anything { get; } = new() { KeepsUnknownFields = true };

    /// <summary><c>type</c>; null for any.</summary>
    public string? Type { get; init; }

    /// <summary><c>format</c>: int32, int64, byte or date-time; null for none.</summary>
    public string? Format { get; init; }

    /// <summary><c>x-kubernetes-int-or-string</c>.</summary>
    public bool IsIntOrString { get; init; }

    /// <summary><c>x-kubernetes-preserve-unknown-fields</c>.</summary>
    public bool KeepsUnknownFields { get; init; }

    /// <summary>Whether it has a <c>default</c>, which stands in for what is missing or null.</summary>
    public bool HasDefault { get; init; }

    /// <summary><c>properties</c>.</summary>
    public FrozenDictionary<string, ObjectSchema> Properties { get; init; } = FrozenDictionary<string, ObjectSchema>.Empty;

    /// <summary><c>additionalProperties</c>; null for none.</summary>
    public ObjectSchema? AdditionalProperties { get; init; }

    /// <summary><c>items</c>; null for any.</summary>
    public ObjectSchema? Items { get; init; }

    /// <summary><c>required</c>.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary><c>enum</c>; empty for any value.</summary>
    public IReadOnlyList<JsonElement> Enum { get; init; } = [];

    /// <summary><c>pattern</c> as it is written; null for none.</summary>
    public string? Pattern { get; init; }

    /// <summary>The same, to be used.</summary>
    public Regex? PatternForm { get; init; }

    /// <summary><c>minimum</c>.</summary>
    public long? Minimum { get; init; }

    /// <summary><c>maximum</c>.</summary>
    public long? Maximum { get; init; }

    /// <summary><c>minLength</c>, in characters.</summary>
    public int? MinLength { get; init; }

    /// <summary><c>maxLength</c>, in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary><c>minItems</c>.</summary>
    public int? MinItems { get; init; }

    /// <summary><c>maxItems</c>.</summary>
    public int? MaxItems { get; init; }

    /// <summary><c>maxProperties</c>.</summary>
    public int? MaxProperties { get; init; }

    /// <summary>Whether the list is a set: <c>x-kubernetes-list-type: set</c>.</summary>
    public bool IsSet { get; init; }

    /// <summary><c>x-kubernetes-list-map-keys</c>; empty for a list that is no map.</summary>
    public IReadOnlyList<string> MapKeys { get; init; } = [];

    /// <summary>The schema of a field of an object.</summary>
    public ObjectSchema? Of(string field) => Properties.TryGetValue(field, out ObjectSchema? schema) ? schema : AdditionalProperties;
}
