using System.Buffers;
using System.Text;

namespace MockOperator.Mocking.Matching;

/// <summary>Ignoring case, the one way that all of matching does it: each UTF-16 unit for itself, so that a text keeps its length.</summary>
internal static class CaseFolding
{
    /// <summary>Folds a text; the same string when there is nothing to fold.</summary>
    internal static string Fold(string text) =>
        IsFolded(text) ? text : string.Create(text.Length, text, static (output, source) => Fold(source, output));

    /// <summary>Folds a text into a buffer of the same length.</summary>
    internal static void Fold(ReadOnlySpan<char> text, Span<char> output)
    {
        // Nearly all texts are ASCII, which is folded many characters at a time.
        if (Ascii.ToLower(text, output, out int folded) == OperationStatus.Done)
        {
            return;
        }

        for (int index = folded; index < text.Length; index++)
        {
            char current = text[index];
            output[index] = current < 0x80
                ? (char)(current | ((uint)(current - 'A') <= 'Z' - 'A' ? 0x20 : 0))
                : char.ToLowerInvariant(current);
        }
    }

    private static bool IsFolded(string text)
    {
        foreach (char current in text)
        {
            if (current < 0x80 ? (uint)(current - 'A') <= 'Z' - 'A' : char.ToLowerInvariant(current) != current)
            {
                return false;
            }
        }

        return true;
    }
}
