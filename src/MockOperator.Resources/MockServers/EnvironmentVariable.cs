namespace MockOperator.Resources;

/// <summary>A variable and its value.</summary>
public sealed record EnvironmentVariable
{
    /// <summary>Name, as in <c>{{name}}</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Value.</summary>
    public string Value { get; init; } = "";
}
