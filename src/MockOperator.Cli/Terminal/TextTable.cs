using System.Text;

namespace MockOperator.Cli.Terminal;

/// <summary>A table as kubectl prints it: headings in capitals, three spaces between columns, nothing behind the last one.</summary>
/// <param name="headings">The headings.</param>
internal sealed class TextTable(params string[] headings)
{
    private const int Gap = 3;

    private readonly List<(Cell[] Cells, Cell Note)> _rows = [];

    /// <summary>Whether it has no row.</summary>
    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Adds a row; a missing last cell is empty.</summary>
    public void Add(params Cell[] cells) => _rows.Add((cells, default));

    /// <summary>Adds a row with sentences below it, which are broken into the lines of the console.</summary>
    public void AddWithNote(Cell note, params Cell[] cells) => _rows.Add((cells, note));

    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="indent">Spaces before each line.</param>
    /// <param name="withHeadings">Whether the headings are written.</param>
    public void Write(CommandConsole console, int indent = 0, bool withHeadings = true)
    {
        var widths = new int[headings.Length];
        Cell[] heads = [.. headings.Select(heading => new Cell(heading, Ink.Faint))];
        foreach (var cells in _rows.Select(row => row.Cells).Prepend(withHeadings ? heads : []))
        {
            for (var i = 0; i < cells.Length; i++)
                widths[i] = Math.Max(widths[i], cells[i].Width);
        }

        if (withHeadings)
            WriteLine(console, heads, widths, indent);
        foreach (var (cells, note) in _rows)
        {
            WriteLine(console, cells, widths, indent);
            foreach (var line in Wrapping.Lines(note.Text, console.Width - indent - 2))
                console.Out.WriteLine($"{new string(' ', indent + 2)}{console.Paint(line, note.Ink)}");
        }
    }

    private static void WriteLine(CommandConsole console, Cell[] cells, int[] widths, int indent)
    {
        var text = new StringBuilder();
        var owed = indent;
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i].Width > 0)
            {
                text.Append(' ', owed).Append(console.Paint(cells[i]));
                owed = 0;
            }

            owed += widths[i] - cells[i].Width + Gap;
        }

        console.Out.WriteLine(text);
    }
}
