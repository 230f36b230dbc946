namespace MockOperator.Resources;

/// <summary>
/// The file <c>index.json</c> of a bundle: what the operator mounts into runtime pods. A bundle becomes active only when every part is there
/// with the hash that the index names, since the ConfigMaps that carry it are refreshed one by one.
/// </summary>
public sealed record BundleIndex
{
    /// <summary>File name of the index itself.</summary>
    public const string FileName = "index.json";

    /// <summary>Name of the entry that holds the <see cref="MockDefinition"/>.</summary>
    public const string DefinitionFile = "mock.json";

    /// <summary>Name of the entry that holds the Postman collection.</summary>
    public const string CollectionFile = "collection.json";

    /// <summary>Version of this format: 1.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Names the content: the first 16 hex digits of a SHA-256 over the hashes of all entries and of the token.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Lower-case hex SHA-256 of the token that the operator shows on the control port.</summary>
    public string? ControlTokenHash { get; init; }

    /// <summary>What the bundle consists of.</summary>
    public IReadOnlyList<BundleEntry> Entries { get; init; } = [];
}
