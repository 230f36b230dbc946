using System.Text;
using Spectre.Console.Rendering;

namespace MockOperator.Cli.Terminal;

/// <summary>A piece of a line.</summary>
/// <param name="text">What it says, one line; of others too, for it is made printable.</param>
/// <param name="ink">What it means.</param>
internal readonly struct Cell(string? text, Ink ink = Ink.Plain)
{
    private readonly string? _text = Printable.Line(text);

    /// <summary>What it says, safe for a terminal.</summary>
    public string Text => _text ?? "";

    /// <summary>What it means.</summary>
    public Ink Ink => ink;

    /// <summary>Columns of a terminal that it takes: two for each wide character.</summary>
    public int Width => Ascii.IsValid(Text) ? Text.Length : new Segment(Text).CellCount();

    /// <summary>The cell in so many columns; what is cut away is marked.</summary>
    public Cell Cut(int columns)
    {
        if (Width <= columns)
            return this;
        var kept = Text;
        while (kept.Length > 0 && new Cell(kept).Width > columns - 1)
            kept = kept[..^(char.IsLowSurrogate(kept[^1]) && kept.Length > 1 ? 2 : 1)];
        return new Cell(kept + "…", ink);
    }

    /// <summary>Plain text.</summary>
    public static implicit operator Cell(string? text) => new(text);
}
