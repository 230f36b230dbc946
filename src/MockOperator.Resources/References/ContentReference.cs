namespace MockOperator.Resources;

/// <summary>
/// A key of a ConfigMap in the same namespace whose value may continue in further ConfigMaps, because a ConfigMap holds
/// at most 1 MiB.
/// </summary>
public sealed record ContentReference
{
    /// <summary>Most bytes of a collection, joined and decompressed: 25 MB, as large as Postman exports have been seen.</summary>
    public const int LargestContent = 25 * 1024 * 1024;

    /// <summary>Name of the ConfigMap with the first (usually the only) part.</summary>
    public string Name { get; init; } = "";

    /// <summary>Key in <c>data</c> or <c>binaryData</c>. A gzip-compressed value is recognised by its first bytes.</summary>
    public string Key { get; init; } = "";

    /// <summary>Where the value continues, in order; the parts are concatenated before they are decompressed. At most 63.</summary>
    public IReadOnlyList<ConfigMapKeyReference>? Parts { get; init; }
}
