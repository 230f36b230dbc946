using MockOperator.Mocking.Serving;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>What somebody wants to have of a source of examples.</summary>
public sealed record CollectionRequest
{
    /// <summary>Namespace of the object that holds the source.</summary>
    public required string Namespace { get; init; }

    /// <summary>Who asks: kind and name.</summary>
    public required string Reader { get; init; }

    /// <summary>What the collection is called, for native examples.</summary>
    public required string Name { get; init; }

    /// <summary>The source; large inline content may be left out.</summary>
    public required ICollectionSource Source { get; init; }

    /// <summary>Reads the source with its inline content; null when it is gone.</summary>
    public required Func<CancellationToken, Task<ICollectionSource?>> ReadWhole { get; init; }

    /// <summary>Names the versions of all that the source consists of; null when nobody else can have the same.</summary>
    public string? Versions { get; init; }

    /// <summary>Variables, weakest layer first.</summary>
    public IReadOnlyList<VariableLayer> Environment { get; init; } = [];

    /// <summary>What besides decides which examples are served.</summary>
    public MockPlanOptions Options { get; init; } = new();

    /// <summary>Has the reader ask again, when its turn has come.</summary>
    public required Action Wake { get; init; }
}
