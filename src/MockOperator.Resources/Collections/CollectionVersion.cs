using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>A released version of a collection.</summary>
public sealed record CollectionVersion : ICollectionSource
{
    /// <summary>The tag that a MockServer names. Never <c>CURRENT</c>.</summary>
    public string Tag { get; init; } = "";

    /// <inheritdoc/>
    public JsonElement? Postman { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ExampleSpec>? Examples { get; init; }

    /// <inheritdoc/>
    public ContentReference? ConfigMapKeyRef { get; init; }
}
