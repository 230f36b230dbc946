namespace MockOperator.Resources;

/// <summary>An object of the same namespace, by name.</summary>
public sealed record LocalObjectReference
{
    /// <summary>Name of the object.</summary>
    public string Name { get; init; } = "";
}
