using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>A source of examples, read: as it goes into a bundle, and as the engine understood it.</summary>
public sealed record CollectionContent
{
    /// <summary>The Postman document, or null for native examples.</summary>
    public ReadOnlyMemory<byte>? Document { get; init; }

    /// <summary>The native examples, or null for a document.</summary>
    public IReadOnlyList<ExampleSpec>? Examples { get; init; }

    /// <summary>What the engine understood; null when the content could not be had.</summary>
    public LoadedCollection? Loaded { get; init; }

    /// <summary>Why the content cannot be served, or null.</summary>
    public Unresolved? Problem { get; init; }
}
