using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>The parts of a saved response, wherever a version of the format keeps them.</summary>
internal readonly struct ResponseParts
{
    /// <summary>The status.</summary>
    public required DocumentNode Code { get; init; }

    /// <summary>Where the status stands or should stand.</summary>
    public required DocumentPath CodePath { get; init; }

    /// <summary>The reason phrase.</summary>
    public required DocumentNode Phrase { get; init; }

    /// <summary>The headers.</summary>
    public required DocumentNode Header { get; init; }

    /// <summary>The body as text.</summary>
    public required DocumentNode Body { get; init; }

    /// <summary>The body as bytes.</summary>
    public DocumentNode Stream { get; init; }

    /// <summary>The editor's language.</summary>
    public DocumentNode Language { get; init; }
}
