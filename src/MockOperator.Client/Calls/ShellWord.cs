using System.Text;

namespace MockOperator.Client.Calls;

/// <summary>Words of a command line that people copy into their shell.</summary>
public static class ShellWord
{
    /// <summary>
    /// Quotes one word. What needs no quotes gets none. Control characters, and those that turn the direction of writing, are spelled out for the shell (<c>$'…'</c>, POSIX.1-2024 §2.2.4, which bash, zsh
    /// and ksh know): so no terminal follows them, and the line reads as it is.
    /// </summary>
    /// <param name="text">What the program is to get; a shell cannot give it NUL.</param>
    /// <returns>The word.</returns>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 0 && text[0] != '=' && text.All(IsPlain))
            return text;
        return text.Any(IsSpelledOut) ? Spelled(text) : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    /// <summary>Quotes one word that ends with what the shell fills in, such as <c>$KEY</c>. Nothing else of it is read as such, whoever wrote it.</summary>
    /// <param name="text">What is said as it is.</param>
    /// <param name="expansion">What the shell fills in, not quoted here.</param>
    /// <returns>The word: <c>"x-api-key: $KEY"</c>.</returns>
    public static string Quote(string text, string expansion)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.All(static c => c == ' ' || IsPlain(c)) ? $"\"{text}{expansion}\"" : $"{Quote(text)}\"{expansion}\"";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '@' or '%' or '+' or ',' or '=';

    private static bool IsSpelledOut(char c) => (char.IsControl(c) && c != '\n') || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    private static string Spelled(string text)
    {
        var word = new StringBuilder("$'");
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => word.Append(@"\\"),
                '\'' => word.Append(@"\'"),
                '\n' => word.Append(@"\n"),
                '\r' => word.Append(@"\r"),
                '\t' => word.Append(@"\t"),
                _ when IsSpelledOut(c) => AppendBytes(word, c),
                _ => word.Append(c),
            };
        }

        return word.Append('\'').ToString();
    }

    // Bytes, since a code point would be written in whatever encoding the shell is set to.
    private static StringBuilder AppendBytes(StringBuilder word, char c)
    {
        Span<byte> bytes = stackalloc byte[3];
        foreach (var one in bytes[..Encoding.UTF8.GetBytes([c], bytes)])
            word.Append('\\').Append(Convert.ToString(one, 8).PadLeft(3, '0'));
        return word;
    }
}
