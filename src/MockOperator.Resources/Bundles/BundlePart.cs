namespace MockOperator.Resources;

/// <summary>One part of a bundle's file: a file in the mounted directory.</summary>
public sealed record BundlePart
{
    /// <summary>File name in the mounted directory.</summary>
    public string File { get; init; } = "";

    /// <summary>Lower-case hex SHA-256 of the part as stored.</summary>
    public string Sha256 { get; init; } = "";
}
