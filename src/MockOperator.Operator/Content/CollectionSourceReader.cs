using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>Reads a source of examples and lets the engine understand it.</summary>
public sealed class CollectionSourceReader(ContentReader content) : IDisposable
{
    /// <summary>A document of more bytes is large.</summary>
    private const int LargeDocument = 1024 * 1024;

    // A large collection takes many times its size while it is read: one at a time keeps the operator small however many change at once.
    private readonly SemaphoreSlim _largeOnes = new(1);

    /// <summary>Reads a source.</summary>
    /// <param name="ns">Namespace of the object that holds the source.</param>
    /// <param name="name">What the collection is called, for native examples.</param>
    /// <param name="source">The source; exactly one of its kinds is given.</param>
    /// <param name="use">What is done with the content while it is held; nothing of it should be kept.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<T> ReadAsync<T>(string ns, string name, ICollectionSource source, Func<CollectionContent, T> use, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(use);
        bool isHeld = false;
        try
        {
            if (source.ConfigMapKeyRef?.Parts is { Count: > 0 })
            {
                await _largeOnes.WaitAsync(cancellation);
                isHeld = true;
            }

            (ReadOnlyMemory<byte>? document, Unresolved? lost) = await FetchAsync(ns, source, cancellation);
            if (!isHeld && document is { Length: > LargeDocument })
            {
                await _largeOnes.WaitAsync(cancellation);
                isHeld = true;
            }

            return use(lost is not null ? new CollectionContent { Problem = lost } : Load(name, source, document));
        }
        finally
        {
            if (isHeld)
            {
                _largeOnes.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _largeOnes.Dispose();

    private async Task<(ReadOnlyMemory<byte>? Document, Unresolved? Problem)> FetchAsync(string ns, ICollectionSource source, CancellationToken cancellation)
    {
        if (source.Examples is not null)
        {
            return (null, null);
        }

        if (source.ConfigMapKeyRef is not { } reference)
        {
            return (Encoding.UTF8.GetBytes(source.Postman?.GetRawText() ?? "null"), null);
        }

        ReferencedContent referenced = await content.ReadAsync(ns, reference, cancellation);
        return (referenced.Bytes, referenced.Problem);
    }

    private static CollectionContent Load(string name, ICollectionSource source, ReadOnlyMemory<byte>? document) => document is { } bytes
        ? Judge(new CollectionContent { Document = bytes, Loaded = CollectionReader.ReadPostman(bytes) })
        : Judge(new CollectionContent { Examples = source.Examples, Loaded = CollectionReader.ReadNative(name, source.Examples!) });

    private static CollectionContent Judge(CollectionContent read)
    {
        LoadedCollection loaded = read.Loaded!;
        LoadIssue? fatal = loaded.Issues.FirstOrDefault(static issue => issue.Severity == LoadIssueSeverity.Fatal);
        if (fatal is not null)
        {
            return read with { Problem = new Unresolved("InvalidCollection", IssueText.Of(fatal)) };
        }

        if (loaded.Examples.Length > 0)
        {
            return read;
        }

        string first = loaded.Issues.Length == 0
            ? "save at least one example (a response) in it: a request alone answers nothing"
            : $"{loaded.Issues.Length} places were not understood, the first: {IssueText.Of(loaded.Issues[0])}";
        return read with { Problem = new Unresolved("NoExamples", $"the collection has no example that can be served; {first}") };
    }
}
