namespace MockOperator.Resources;

/// <summary>A query parameter of a native example.</summary>
public sealed record QueryParameterSpec
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Value; null for a parameter that is its name alone, as in <c>?verbose</c>.</summary>
    public string? Value { get; init; }
}
