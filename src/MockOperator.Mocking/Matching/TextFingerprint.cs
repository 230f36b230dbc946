using System.Buffers;

namespace MockOperator.Mocking.Matching;

/// <summary>A hash of plain text as it is compared: without blanks around it, and with line ends of either kind the same.</summary>
internal static class TextFingerprint
{
    /// <summary>Computes the hash.</summary>
    internal static ulong Compute(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> text = Trim(utf8);
        if (text.IndexOf("\r\n"u8) < 0)
        {
            return ContentHash.Of(text);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        int written = 0;
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] != '\r' || index + 1 == text.Length || text[index + 1] != '\n')
            {
                buffer[written++] = text[index];
            }
        }

        ulong hash = ContentHash.Of(buffer.AsSpan(0, written));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    /// <summary>Hash of a text in which any run of blanks counts as one space (GraphQL documents).</summary>
    internal static ulong ComputeCollapsed(ReadOnlySpan<byte> utf8)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(utf8.Length);
        int written = 0;
        bool blank = false;
        foreach (byte current in Trim(utf8))
        {
            if (current <= ' ')
            {
                blank = true;
                continue;
            }

            if (blank)
            {
                buffer[written++] = (byte)' ';
                blank = false;
            }

            buffer[written++] = current;
        }

        ulong hash = ContentHash.Of(buffer.AsSpan(0, written));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8) => utf8.Trim(" \t\r\n\f\v"u8);
}
