using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>Reads a source of examples and lets the engine understand it.</summary>
public sealed class CollectionSourceReader(ContentReader content) : IDisposable
{
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
        bool isLarge = source.ConfigMapKeyRef is not null || source.Postman is not null;
        if (isLarge)
        {
            await _largeOnes.WaitAsync(cancellation);
        }

        try
        {
            return use(await ReadAsync(ns, name, source, cancellation));
        }
        finally
        {
            if (isLarge)
            {
                _largeOnes.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _largeOnes.Dispose();

    private async Task<CollectionContent> ReadAsync(string ns, string name, ICollectionSource source, CancellationToken cancellation)
    {
        if (source.Examples is { } examples)
        {
            return Judge(new CollectionContent { Examples = examples, Loaded = CollectionReader.ReadNative(name, examples) });
        }

        ReadOnlyMemory<byte> document;
        if (source.ConfigMapKeyRef is { } reference)
        {
            ReferencedContent referenced = await content.ReadAsync(ns, reference, cancellation);
            if (referenced.IsUnresolved(out Unresolved? lost))
            {
                return new CollectionContent { Problem = lost };
            }

            document = referenced.Bytes;
        }
        else
        {
            document = Encoding.UTF8.GetBytes(source.Postman?.GetRawText() ?? "null");
        }

        return Judge(new CollectionContent { Document = document, Loaded = CollectionReader.ReadPostman(document) });
    }

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
