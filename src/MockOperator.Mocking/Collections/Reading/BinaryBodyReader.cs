using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>
/// Reads <c>stream</c>, the binary body of a response: <c>{"type": "Buffer", "data": [137, 80, …]}</c> or <c>{"type": "Base64", "data": "iVBOR…"}</c>.
/// </summary>
internal static class BinaryBodyReader
{
    /// <summary>The bytes; null when there are none.</summary>
    /// <param name="stream">The value of <c>stream</c>.</param>
    /// <param name="context">Takes the issue when the bytes cannot be decoded.</param>
    /// <param name="broken">Whether there were bytes that could not be decoded; an issue says so.</param>
    public static ReadOnlyMemory<byte>? Read(DocumentNode stream, ReadingContext context, out bool broken)
    {
        broken = false;
        if (stream.IsAbsent)
        {
            return null;
        }

        DocumentNode data = stream["data"];
        byte[]? bytes = data.Kind switch
        {
            JsonValueKind.Array => FromNumbers(data),
            JsonValueKind.String => FromBase64(data.Raw[1..^1]),
            _ => null,
        };
        if (bytes is not null)
        {
            return bytes.Length == 0 ? default(ReadOnlyMemory<byte>?) : bytes;
        }

        broken = true;
        context.Issues.Skip(
            data.IsAbsent ? stream.Path : data.Path,
            LoadIssueReason.InvalidBody,
            "The binary body is neither an array of numbers from 0 to 255 nor base64. Save the example again.");
        return null;
    }

    /// <summary>Decodes base64, with or without white space; null when it is none.</summary>
    public static byte[]? FromBase64(ReadOnlySpan<byte> text)
    {
        // JSON escapes the slash in some writers; nothing else in base64 can be escaped.
        if (text.Contains((byte)'\\'))
        {
            text = Encoding.UTF8.GetBytes(JsonText.Decode(text, out _));
        }

        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out int written) == System.Buffers.OperationStatus.Done
            ? bytes.AsSpan(0, written).ToArray()
            : null;
    }

    private static byte[]? FromNumbers(DocumentNode data)
    {
        byte[] bytes = new byte[data.Raw.Count((byte)',') + 1];
        int count = 0;
        for (DocumentElements elements = data.Elements; elements.MoveNext();)
        {
            ReadOnlySpan<byte> digits = elements.CurrentRaw;
            if (!Utf8Parser.TryParse(digits, out byte value, out int used) || used != digits.Length)
            {
                return null;
            }

            bytes[count++] = value;
        }

        return count == bytes.Length ? bytes : bytes[..count];
    }
}
