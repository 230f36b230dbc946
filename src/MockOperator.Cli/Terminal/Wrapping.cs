using System.Text;

namespace MockOperator.Cli.Terminal;

/// <summary>Breaks sentences into the lines of a terminal.</summary>
internal static class Wrapping
{
    private const int Narrowest = 20;

    /// <summary>Breaks between words; a word that is longer than a line stays whole, so that it can be copied.</summary>
    /// <param name="text">One or more sentences, of others too.</param>
    /// <param name="width">Columns of a line.</param>
    public static IEnumerable<string> Lines(string? text, int width)
    {
        width = Math.Max(Narrowest, width);
        var line = new StringBuilder();
        var length = 0;
        foreach (var word in Printable.Line(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var columns = new Cell(word).Width;
            if (length > 0 && length + 1 + columns > width)
            {
                yield return line.ToString();
                line.Clear();
                length = 0;
            }

            if (length > 0)
            {
                line.Append(' ');
                length++;
            }

            line.Append(word);
            length += columns;
        }

        if (length > 0)
            yield return line.ToString();
    }
}
