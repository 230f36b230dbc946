using System.Collections.Immutable;
using System.Text;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Headers as lines of text: <c>Name: value</c>, one a line; <c>//</c> before a line disables it (Postman v1).</summary>
internal static class HeaderLines
{
    /// <summary>Reads all lines.</summary>
    /// <returns>Whether more headers are wanted.</returns>
    public static bool Read(string text, DocumentPath path, ImmutableArray<Field>.Builder fields, ReadingContext context)
    {
        foreach (string line in Unfold(text))
        {
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = (colon < 0 ? line : line[..colon]).Trim();
            string value = colon < 0 ? "" : line[(colon + 1)..];
            if (!HeaderReader.Add(name, value, path, fields, context))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lines, with those that start with a blank added to the one before (RFC 9112 §5.2, obs-fold).</summary>
    private static IEnumerable<string> Unfold(string text)
    {
        StringBuilder? current = null;
        foreach (ReadOnlyMemory<char> part in Lines(text))
        {
            if (current is not null && part.Span is [' ' or '\t', ..])
            {
                current.Append(' ').Append(part.Span.Trim());
                continue;
            }

            if (current is not null)
            {
                yield return current.ToString();
            }

            current = new StringBuilder().Append(part.Span);
        }

        if (current is not null)
        {
            yield return current.ToString();
        }
    }

    private static IEnumerable<ReadOnlyMemory<char>> Lines(string text)
    {
        int start = 0;
        while (start <= text.Length)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            yield return text.AsMemory(start, end - start).TrimEnd('\r');
            start = end + 1;
        }
    }
}
