using Spectre.Console.Rendering;

namespace MockOperator.Cli.Terminal;

/// <summary>A piece of a line.</summary>
/// <param name="Text">What it says, one line; of others too, for it is made printable.</param>
/// <param name="Ink">What it means.</param>
internal readonly record struct Cell(string Text, Ink Ink = Ink.Plain)
{
    /// <summary>What it says, safe for a terminal.</summary>
    public string Text { get; } = Printable.Line(Text);

    /// <summary>Columns of a terminal that it takes: two for each wide character.</summary>
    public int Width => Ascii(Text) ? Text.Length : new Segment(Text).CellCount();

    /// <summary>Plain text.</summary>
    public static implicit operator Cell(string? text) => new(text ?? "");

    private static bool Ascii(string text) => System.Text.Ascii.IsValid(text);
}
