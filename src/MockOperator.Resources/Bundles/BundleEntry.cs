namespace MockOperator.Resources;

/// <summary>A file of a bundle, in one or more parts.</summary>
public sealed record BundleEntry
{
    /// <summary>Name of the file.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether the concatenated parts are gzip-compressed.</summary>
    public bool Gzip { get; init; }

    /// <summary>Size in bytes once joined and decompressed.</summary>
    public long Length { get; init; }

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<BundlePart> Parts { get; init; } = [];
}
