namespace MockOperator.Resources;

/// <summary>A Collection of the same namespace, and which version of it.</summary>
public sealed record CollectionReference
{
    /// <summary>Name of the Collection.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>CURRENT</c> (the default) or a tag of the Collection.</summary>
    public string? Version { get; init; }
}
