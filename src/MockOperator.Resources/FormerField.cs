using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>A field, or a value of one, that specs had before this version of the API took its shape.</summary>
/// <param name="Path">Where it stood, from the spec; <c>[]</c> stands for every entry of a list.</param>
/// <param name="Now">What says the same now.</param>
internal sealed record FormerField(string Path, string Now)
{
    /// <summary>The kind of JSON that the field had, when it still exists with another; null when it is gone.</summary>
    public JsonValueKind? Kind { get; init; }

    /// <summary>The value that the field no longer takes, null for every value. <c>Off</c> without quotes is false to who reads YAML 1.1.</summary>
    public string? Value { get; init; }

    /// <summary>Whether a value of the field is of the former shape.</summary>
    public bool Has(JsonElement value) =>
        (Kind is null || value.ValueKind == Kind)
        && (Value is null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(Value)) || (Value == "Off" && value.ValueKind == JsonValueKind.False));
}
