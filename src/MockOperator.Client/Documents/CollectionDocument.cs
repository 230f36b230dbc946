using System.Collections.Immutable;
using MockOperator.Mocking.Collections;
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
    /// <param name="bytes">The file: v1, v2.0 or v2.1, plain or wrapped as <c>{"collection": …}</c>; at most <see cref="ContentReference.LargestContent"/>. It is kept.</param>
    /// <returns>The document.</returns>
    /// <exception cref="DocumentException">It is none: an environment, a manifest, no JSON. The message tells which, where, and what to give.</exception>
    public static CollectionDocument Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > ContentReference.LargestContent)
            throw new DocumentException($"The collection has {bytes.Length} bytes, and {ContentReference.LargestContent} can be served. Split it, or remove large examples.");
        switch (DocumentSniffer.Judge(bytes.Span))
        {
            case DocumentKind.Environment:
                throw new DocumentException("This is an environment, not a collection. Give the collection here, and this beside it as its environment.");
            case DocumentKind.Manifest:
                throw new DocumentException("This is a Kubernetes manifest, not a collection that Postman exported. Apply it with kubectl as it is.");
        }

        var loaded = CollectionReader.ReadPostman(bytes);
        return loaded.Issues.FirstOrDefault(static issue => issue.Severity == LoadIssueSeverity.Fatal) is { } fatal
            ? throw new DocumentException(fatal.Path.Length == 0 ? fatal.Message : $"{fatal.Path}: {fatal.Message}")
            : new CollectionDocument(bytes, loaded.Name, loaded.Examples.Length, loaded.Issues);
    }
}
