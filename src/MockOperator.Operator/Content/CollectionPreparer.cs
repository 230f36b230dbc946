using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Serving;
using MockOperator.Operator.Bundles;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>
/// Reads a source of examples, has the engine understand it, and packs it for bundles: once for all who ask for the same within a short time, and large ones one at a time.
/// </summary>
public sealed class CollectionPreparer(ContentReader content, PreparedCollections prepared, LargeTurns turns)
{
    /// <summary>A document of more bytes is large; so is every one that comes compressed or in parts, since only reading it tells how large.</summary>
    public const int LargeDocument = 1024 * 1024;

    private readonly Dictionary<string, PreparationGate> _gates = new(StringComparer.Ordinal);
    private long _loads;

    /// <summary>How often a collection was parsed.</summary>
    public long Loads => Interlocked.Read(ref _loads);

    /// <summary>Prepares a source.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null when others are to be read first: then the reader is woken when its turn has come.</returns>
    public async Task<PreparedCollection?> PrepareAsync(CollectionRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? key = KeyOf(request);
        string gateKey = key ?? request.Reader;
        PreparationGate gate = Open(gateKey);
        try
        {
            return await ThroughAsync(gate, key, request, cancellation);
        }
        finally
        {
            Close(gateKey, gate);
        }
    }

    /// <summary>Forgets a reader that is gone.</summary>
    public void Forget(string ns, string reader) => turns.Leave(ns, reader);

    private async Task<PreparedCollection?> ThroughAsync(PreparationGate gate, string? key, CollectionRequest request, CancellationToken cancellation)
    {
        ReferencedContent? stored = null;
        await gate.EnterAsync(cancellation);
        try
        {
            if (Known(key, request) is { } known)
            {
                return known;
            }

            gate.IsLarge |= request.Source.ConfigMapKeyRef?.Parts is { Count: > 0 };
            if (!gate.IsLarge)
            {
                (stored, ICollectionSource? source) = await FetchAsync(request, cancellation);
                gate.IsLarge = IsLarge(stored);
                if (!gate.IsLarge)
                {
                    turns.Leave(request.Namespace, request.Reader);
                    return Keep(key, request, Load(request, source, stored));
                }
            }
        }
        finally
        {
            gate.Leave();
        }

        if (!turns.TryTake(request.Namespace, request.Reader, request.Wake))
        {
            return null;
        }

        try
        {
            if (Known(key, request) is { } known)
            {
                return known;
            }

            (stored, ICollectionSource? source) = await FetchAsync(request, cancellation);
            return Keep(key, request, Load(request, source, stored));
        }
        finally
        {
            turns.End();
        }
    }

    private PreparedCollection? Known(string? key, CollectionRequest request)
    {
        if (key is null || prepared.Find(key) is not { } known)
        {
            return null;
        }

        turns.Leave(request.Namespace, request.Reader);
        return known;
    }

    private PreparedCollection Keep(string? key, CollectionRequest request, PreparedCollection collection)
    {
        if (key is not null && collection.IsRead)
        {
            prepared.Keep(request.Namespace, key, collection);
        }

        return collection;
    }

    private async Task<(ReferencedContent? Stored, ICollectionSource? Source)> FetchAsync(CollectionRequest request, CancellationToken cancellation)
    {
        if (request.Source.ConfigMapKeyRef is { } reference)
        {
            return (await content.ReadStoredAsync(request.Namespace, reference, cancellation), request.Source);
        }

        ICollectionSource? whole = await request.ReadWhole(cancellation);
        return whole switch
        {
            null => (ReferencedContent.Lost("CollectionNotFound", $"the collection {request.Name} is gone"), null),
            { Examples: not null } => (null, whole),
            _ => (ReferencedContent.Found(Encoding.UTF8.GetBytes(whole.Postman?.GetRawText() ?? "null")), whole),
        };
    }

    private static bool IsLarge(ReferencedContent? stored) =>
        stored is { } content && !content.IsUnresolved(out _) && (content.Bytes.Length > LargeDocument || ContentReader.IsCompressed(content.Bytes.Span));

    private PreparedCollection Load(CollectionRequest request, ICollectionSource? source, ReferencedContent? stored)
    {
        if (stored is not { } content)
        {
            long bytes = JsonSerializer.SerializeToUtf8Bytes(source!.Examples!, ResourceJson.Default.IReadOnlyListExampleSpec).Length;
            return Judge(request, new PreparedCollection { Examples = source.Examples, ExampleBytes = bytes }, CollectionReader.ReadNative(request.Name, source.Examples!));
        }

        ReferencedContent expanded = content.IsUnresolved(out _) ? content : ContentReader.Expand(content.Bytes, request.Source.ConfigMapKeyRef);
        if (expanded.IsUnresolved(out Unresolved? lost))
        {
            return new PreparedCollection { Problem = lost };
        }

        LoadedCollection loaded = CollectionReader.ReadPostman(expanded.Bytes);
        PreparedCollection judged = Judge(request, new PreparedCollection(), loaded);
        return judged.Problem is null ? judged with { Document = BundleDocument.Of(expanded.Bytes) } : judged;
    }

    private PreparedCollection Judge(CollectionRequest request, PreparedCollection read, LoadedCollection loaded)
    {
        Interlocked.Increment(ref _loads);
        var environment = new ResolvedEnvironment(request.Environment, [], null);
        MockPlan plan = MockPlan.Compile(loaded, environment.KnownVariables(), request.Options);
        LoadIssue? skipped = plan.Issues.FirstOrDefault(static issue => issue.Severity != LoadIssueSeverity.Warning);
        return read with
        {
            IsRead = true,
            Problem = ProblemOf(loaded),
            ExampleCount = plan.ExampleCount,
            ShadowedCount = plan.ShadowedCount,
            Skipped = plan.Issues.Count(static issue => issue.Severity != LoadIssueSeverity.Warning),
            FirstSkipped = skipped is null ? null : IssueText.Of(skipped),
            Issues = IssueText.ForStatus(plan.Issues),
        };
    }

    private static Unresolved? ProblemOf(LoadedCollection loaded)
    {
        LoadIssue? fatal = loaded.Issues.FirstOrDefault(static issue => issue.Severity == LoadIssueSeverity.Fatal);
        if (fatal is not null)
        {
            return new Unresolved("InvalidCollection", IssueText.Of(fatal));
        }

        if (loaded.Examples.Length > 0)
        {
            return null;
        }

        string first = loaded.Issues.Length == 0
            ? "save at least one example (a response) in it: a request alone answers nothing"
            : $"{loaded.Issues.Length} places were not understood, the first: {IssueText.Of(loaded.Issues[0])}";
        return new Unresolved("NoExamples", $"the collection has no example that can be served; {first}");
    }

    private static string? KeyOf(CollectionRequest request)
    {
        if (request.Versions is null)
        {
            return null;
        }

        var decisive = new MockDefinition
        {
            Matching = request.Options.Matching,
            Delay = request.Options.Delay,
            ServerResponse = request.Options.ServerResponse,
            Seed = request.Options.Seed,
            Environment = request.Environment.Count == 0 ? null : request.Environment,
        };
        byte[] options = JsonSerializer.SerializeToUtf8Bytes(decisive, RuntimeJson.Default.MockDefinition);
        return $"{request.Versions}\n{Convert.ToHexStringLower(SHA256.HashData(options))}";
    }

    private PreparationGate Open(string key)
    {
        lock (_gates)
        {
            if (!_gates.TryGetValue(key, out PreparationGate? gate))
            {
                _gates[key] = gate = new PreparationGate();
            }

            gate.Users++;
            return gate;
        }
    }

    private void Close(string key, PreparationGate gate)
    {
        lock (_gates)
        {
            if (--gate.Users == 0)
            {
                _gates.Remove(key);
                gate.Dispose();
            }
        }
    }
}
