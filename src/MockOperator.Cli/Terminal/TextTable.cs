using System.Text;

namespace MockOperator.Cli.Terminal;

/// <summary>A table as kubectl prints it: headings in capitals, three spaces between columns, nothing behind the last one.</summary>
/// <param name="headings">The headings.</param>
internal sealed class TextTable(params string[] headings)
{
    private const int Gap = 3;
    private const int NarrowGap = 2;
    private const int Narrowest = 10;

    private readonly List<(Cell[] Cells, Cell Note)> _rows = [];

    /// <summary>Columns whose cells may be cut, so that a row is a line of the terminal. Into a pipe everything is written.</summary>
    public IReadOnlyList<int> Yielding { get; init; } = [];

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

        var gap = console.IsTerminal ? Fit(widths, console.Width - indent) : Gap;
        if (withHeadings)
            WriteLine(console, heads, widths, indent, gap);
        foreach (var (cells, note) in _rows)
        {
            WriteLine(console, cells, widths, indent, gap);
            foreach (var line in Wrapping.Lines(note.Text, console.Width - indent - 2))
                console.Out.WriteLine($"{new string(' ', indent + 2)}{console.Paint(line, note.Ink)}");
        }
    }

    /// <summary>Makes columns narrower, the widest of those that yield first, until a row fits or none yields any more. Gives the gap between columns.</summary>
    private int Fit(int[] widths, int most)
    {
        if (widths.Sum() + ((widths.Length - 1) * Gap) <= most)
            return Gap;
        while (widths.Sum() + ((widths.Length - 1) * NarrowGap) > most)
        {
            var yielding = Yielding.Where(column => widths[column] > Narrowest).ToList();
            if (yielding.Count == 0)
                break;
            widths[yielding.MaxBy(column => widths[column])]--;
        }

        return NarrowGap;
    }

    private static void WriteLine(CommandConsole console, Cell[] cells, int[] widths, int indent, int gap)
    {
        var text = new StringBuilder();
        var owed = indent;
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i].Cut(widths[i]);
            if (cell.Width > 0)
            {
                text.Append(' ', owed).Append(console.Paint(cell));
                owed = 0;
            }

            owed += widths[i] - cell.Width + gap;
        }

        console.Out.WriteLine(text);
    }
}
