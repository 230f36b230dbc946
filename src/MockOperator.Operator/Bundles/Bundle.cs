namespace MockOperator.Operator.Bundles;

/// <summary>What is mounted into the pods of a mock: the same for the same mock and content, wherever its parts are stored.</summary>
/// <param name="Revision">Names the content: 16 hex digits.</param>
/// <param name="Groups">The files by the ConfigMap that holds them; the first group begins with the index.</param>
/// <param name="ContentBytes">Size of all entries, decompressed.</param>
public sealed record Bundle(string Revision, IReadOnlyList<BundleGroup> Groups, long ContentBytes)
{
    /// <summary>The files as they are stored: the index, then the parts in the order in which it names them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Files { get; } = [.. Groups.SelectMany(static group => group.Files).Select(static file => file.Bytes)];

    /// <summary>What the groups behind the first hold: what has to be placed before the index may name it.</summary>
    public IReadOnlyList<string> Parts => [.. Groups.Skip(1).Select(static group => group.Hash)];
}
