using System.Text;

namespace MockOperator.Cli.Terminal;

/// <summary>Text of others on a terminal: what would move the cursor, colour the screen or ring is shown instead of done.</summary>
internal static class Printable
{
    /// <summary>One line.</summary>
    public static string Line(string? text) => Clean(text, keepsLines: false);

    /// <summary>Text of several lines.</summary>
    public static string Text(string? text) => Clean(text, keepsLines: true);

    private static string Clean(string? text, bool keepsLines)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (!text.Any(c => IsControl(c)))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!IsControl(c) || (keepsLines && c is '\n' or '\t'))
                clean.Append(c);
            else if (c is '\r' or '\n' or '\t')
                clean.Append(keepsLines ? "" : " ");
            else
                clean.Append('\uFFFD');
        }

        return clean.ToString();
    }

    // Beside the control characters: what turns the direction of writing, so that a line reads otherwise than it is.
    private static bool IsControl(char c) => char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
