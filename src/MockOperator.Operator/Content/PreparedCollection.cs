using MockOperator.Operator.Bundles;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>
/// A source of examples as it goes into bundles, and what the engine said of it. Never the parsed collection itself, which takes many times its size.
/// </summary>
public sealed record PreparedCollection
{
    // The object, its texts and what surrounds it, roughly.
    private const int Overhead = 4 * 1024;

    /// <summary>The Postman document, or null for native examples.</summary>
    public BundleDocument? Document { get; init; }

    /// <summary>The native examples, or null for a document.</summary>
    public IReadOnlyList<ExampleSpec>? Examples { get; init; }

    /// <summary>Why the content cannot be served, or null.</summary>
    public Unresolved? Problem { get; init; }

    /// <summary>Whether the content was had at all, whatever the engine said of it.</summary>
    public bool IsRead { get; init; }

    /// <summary>Number of examples that can be served.</summary>
    public int ExampleCount { get; init; }

    /// <summary>Number of examples that others keep from ever being answered with.</summary>
    public int ShadowedCount { get; init; }

    /// <summary>Number of places that were not understood.</summary>
    public int Skipped { get; init; }

    /// <summary>The first of them.</summary>
    public string? FirstSkipped { get; init; }

    /// <summary>The first issues, as a status lists them.</summary>
    public IReadOnlyList<LoadIssue>? Issues { get; init; }

    /// <summary>Bytes that this keeps in memory, roughly.</summary>
    public long KeptBytes => Overhead + (Document?.KeptBytes ?? 0) + (Examples is null ? 0 : ExampleBytes) + (Issues?.Sum(static issue => 2L * (issue.Path.Length + issue.Message.Length)) ?? 0);

    /// <summary>Bytes of the native examples, roughly.</summary>
    public long ExampleBytes { get; init; }
}
