using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MockOperator.Mocking.Templating.Requests;

/// <summary>A JSON body. Texts are inserted without their quotes, everything else as its JSON text, written as the client wrote it.</summary>
internal sealed class JsonBody(JsonElement root) : RequestBody
{
    public override bool TryWrite(ObjectPath path, ref Utf8Sink sink)
    {
        JsonElement element = root;
        foreach (ObjectPathStep step in path.Steps)
        {
            if (!TryStep(ref element, step))
            {
                return false;
            }
        }

        ReadOnlySpan<byte> json = JsonMarshal.GetRawUtf8Value(element);
        if (element.ValueKind != JsonValueKind.String)
        {
            sink.Write(json);
        }
        else if (json.Contains((byte)'\\'))
        {
            WriteUnescaped(json[1..^1], ref sink);
        }
        else
        {
            sink.Write(json[1..^1]);
        }

        return true;
    }

    private static bool TryStep(ref JsonElement element, ObjectPathStep step)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            if (step.Index < 0 || step.Index >= element.GetArrayLength())
            {
                return false;
            }

            element = element[step.Index];
            return true;
        }

        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(step.Utf8, out element);
        }
        catch (InvalidOperationException)
        {
            // A property name in this object is not Unicode: half of a surrogate pair.
            return false;
        }
    }

    /// <summary>Resolves escapes (RFC 8259 §7). Half of a surrogate pair becomes U+FFFD.</summary>
    private static void WriteUnescaped(ReadOnlySpan<byte> text, ref Utf8Sink sink)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        int length = 0;
        while (!text.IsEmpty)
        {
            int escape = text.IndexOf((byte)'\\');
            if (escape < 0)
            {
                escape = text.Length;
            }

            text[..escape].CopyTo(buffer.AsSpan(length));
            length += escape;
            text = text[escape..];
            if (text.Length < 2)
            {
                break;
            }

            if (text[1] == (byte)'u')
            {
                length += ReadRune(ref text).EncodeToUtf8(buffer.AsSpan(length));
            }
            else
            {
                buffer[length++] = text[1] switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    byte other => other,
                };
                text = text[2..];
            }
        }

        sink.Write(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static Rune ReadRune(ref ReadOnlySpan<byte> text)
    {
        char first = ReadUnit(text);
        text = text[6..];
        if (char.IsHighSurrogate(first) && text.StartsWith("\\u"u8))
        {
            char second = ReadUnit(text);
            if (char.IsLowSurrogate(second))
            {
                text = text[6..];
                return new Rune(first, second);
            }
        }

        return Rune.TryCreate(first, out Rune rune) ? rune : Rune.ReplacementChar;
    }

    private static char ReadUnit(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape.Slice(2, 4), out int unit, out _, 'x') ? (char)unit : '\uFFFD';
}
