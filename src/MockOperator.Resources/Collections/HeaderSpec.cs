namespace MockOperator.Resources;

/// <summary>A header of a native example or of a server response.</summary>
public sealed record HeaderSpec
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Value; in a response it may hold <c>{{variables}}</c>.</summary>
    public string Value { get; init; } = "";
}
