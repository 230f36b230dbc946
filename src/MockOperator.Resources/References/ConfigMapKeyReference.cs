namespace MockOperator.Resources;

/// <summary>A key of a ConfigMap in the same namespace.</summary>
public sealed record ConfigMapKeyReference
{
    /// <summary>Name of the ConfigMap.</summary>
    public string Name { get; init; } = "";

    /// <summary>Key in <c>data</c> or <c>binaryData</c>. A gzip-compressed value is recognised by its first bytes.</summary>
    public string Key { get; init; } = "";
}
