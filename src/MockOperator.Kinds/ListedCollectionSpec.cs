namespace MockOperator.Kinds;

/// <summary>What lists tell of the desired state of a collection.</summary>
public sealed record ListedCollectionSpec
{
    /// <summary>Its versions, without their content.</summary>
    public IReadOnlyList<ListedVersion>? Versions { get; init; }
}
