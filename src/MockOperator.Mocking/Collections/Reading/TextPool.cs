using System.Text;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>
/// Gives equal short texts the same string: the hosts, header names and media types of a collection repeat with every example. A fixed table where a
/// newcomer takes the place of what it collides with, so that it never grows.
/// </summary>
internal sealed class TextPool
{
    private const int Slots = 1024;
    private const int LongestText = 48;

    private readonly string?[] pooled = new string?[Slots];

    /// <summary>The string for an ASCII text without escapes; null when the text is of another kind and has to be decoded.</summary>
    public string? TryGet(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestText || !Ascii.IsValid(text) || text.Contains((byte)'\\'))
        {
            return null;
        }

        var hash = default(HashCode);
        hash.AddBytes(text);
        ref string? slot = ref pooled[hash.ToHashCode() & (Slots - 1)];
        if (slot is null || !Ascii.Equals(text, slot))
        {
            slot = Encoding.ASCII.GetString(text);
        }

        return slot;
    }
}
