namespace MockOperator.Cluster.Tests.Guides;

/// <summary>What a passage of a guide asks of its reader.</summary>
internal enum PassageKind
{
    /// <summary>A file to be saved; <see cref="Passage.Text"/> is its content.</summary>
    File,

    /// <summary>A command of the first terminal.</summary>
    Command,

    /// <summary>A command of a terminal of its own, that goes on running.</summary>
    Background,

    /// <summary>An address to be opened in a browser.</summary>
    Page,
}

/// <summary>A piece of a guide that a reader follows.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Text">The command, the address, or the content of the file.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="ShownFrom">Index of the line of the page at which begins what the reader is told to see.</param>
/// <param name="Shown">What the reader is told to see.</param>
internal sealed record Passage(PassageKind Kind, string Text, string? Name, int ShownFrom, IReadOnlyList<string> Shown);
