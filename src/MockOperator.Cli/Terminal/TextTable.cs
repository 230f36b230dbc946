using System.Text;

namespace MockOperator.Cli.Terminal;

/// <summary>A table as kubectl prints it: headings in capitals, three spaces between columns, nothing behind the last one.</summary>
/// <param name="headings">The headings.</param>
internal sealed class TextTable(params string[] headings)
{
    private const int Gap = 3;

    private readonly List<Cell[]> _rows = [];

    /// <summary>Whether it has no row.</summary>
    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Adds a row; a missing last cell is empty.</summary>
    public void Add(params Cell[] cells) => _rows.Add(cells);

    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="indent">Spaces before each line.</param>
    /// <param name="withHeadings">Whether the headings are written.</param>
    public void Write(CommandConsole console, int indent = 0, bool withHeadings = true)
    {
        List<Cell[]> lines = withHeadings ? [[.. headings.Select(heading => new Cell(heading, Ink.Faint))], .. _rows] : _rows;
        var widths = new int[headings.Length];
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Length; i++)
                widths[i] = Math.Max(widths[i], line[i].Width);
        }

        foreach (var line in lines)
        {
            var text = new StringBuilder();
            var owed = indent;
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i].Text.Length > 0)
                {
                    text.Append(' ', owed).Append(console.Paint(line[i]));
                    owed = 0;
                }

                owed += widths[i] - line[i].Width + Gap;
            }

            console.Out.WriteLine(text);
        }
    }
}
