using System.Collections.Immutable;
using MockOperator.Resources;

namespace MockOperator.Client.Documents;

/// <summary>A collection as Postman exported it, read once to know what can be served of it.</summary>
public sealed class CollectionDocument
{
    private CollectionDocument(ReadOnlyMemory<byte> bytes, string name, int examples, ImmutableArray<LoadIssue> issues)
    {
        Bytes = bytes;
        Name = name;
        Examples = examples;
        Issues = issues;
    }

    /// <summary>The document as it was given, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Its name in Postman; empty when it has none.</summary>
    public string Name { get; }

    /// <summary>How many examples can be served.</summary>
    public int Examples { get; }

    /// <summary>What was not understood of it, and where.</summary>
    public ImmutableArray<LoadIssue> Issues { get; }

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The file: v1, v2.0 or v2.1, plain or wrapped as <c>{"collection": …}</c>. It is kept.</param>
    /// <returns>The document.</returns>
    /// <exception cref="DocumentException">It is none: an environment, a manifest, no JSON. The message tells which, where, and what to give.</exception>
    public static CollectionDocument Read(ReadOnlyMemory<byte> bytes) => throw new NotImplementedException();
}
