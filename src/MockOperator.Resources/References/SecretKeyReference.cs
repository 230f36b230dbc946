namespace MockOperator.Resources;

/// <summary>A key of a Secret in the same namespace.</summary>
public sealed record SecretKeyReference
{
    /// <summary>Name of the Secret.</summary>
    public string Name { get; init; } = "";

    /// <summary>Key in <c>data</c>.</summary>
    public string Key { get; init; } = "";
}
