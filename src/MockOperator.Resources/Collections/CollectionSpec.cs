using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>Desired state of a Collection: the examples that mocks answer with, and older versions of them by tag.</summary>
public sealed record CollectionSpec : ICollectionSource
{
    /// <summary>The version that the top-level source is known by.</summary>
    public const string CurrentVersion = "CURRENT";

    /// <inheritdoc/>
    public JsonElement? Postman { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ExampleSpec>? Examples { get; init; }

    /// <inheritdoc/>
    public ContentReference? ConfigMapKeyRef { get; init; }

    /// <summary>Released versions by tag, each with a source of its own. At most 32.</summary>
    public IReadOnlyList<CollectionVersion>? Versions { get; init; }
}
