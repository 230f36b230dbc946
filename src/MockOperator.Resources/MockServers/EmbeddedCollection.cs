using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>A collection written inside a MockServer. Exactly one source, as in a Collection.</summary>
public sealed record EmbeddedCollection : ICollectionSource
{
    /// <inheritdoc/>
    public JsonElement? Postman { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ExampleSpec>? Examples { get; init; }

    /// <inheritdoc/>
    public ContentReference? ConfigMapKeyRef { get; init; }
}
