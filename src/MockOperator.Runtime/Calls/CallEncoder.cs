using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using Microsoft.Extensions.Primitives;
using MockOperator.Resources;

namespace MockOperator.Runtime.Calls;

/// <summary>
/// Writes the head of a record: everything of a call but its bodies, in the order in which <see cref="RememberedCall"/> reads it. What does not fit is left out, the end of a text that is too long
/// with a sign that there was more. Allocates nothing.
/// </summary>
internal ref struct CallEncoder(Span<byte> buffer)
{
    /// <summary>Most bytes of a head.</summary>
    public const int MostBytes = 64 * 1024;

    // Of the room that there is, no single text takes more than its part: seven come before the headers.
    private const int PartOfText = 8;
    private const int LengthBytes = 2;
    private const int LeastOfValue = 32;
    private static readonly byte[] s_more = "…"u8.ToArray();
    private readonly Span<byte> _buffer = buffer;
    private readonly int _longestText = Math.Min(buffer.Length / PartOfText, ushort.MaxValue);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes for which there is room.</summary>
    public readonly int Left => _buffer.Length - Length;

    /// <summary>Writes a byte.</summary>
    public void Write(byte value) => _buffer[Length++] = value;

    /// <summary>Writes a number.</summary>
    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer[Length..], value);
        Length += sizeof(long);
    }

    /// <summary>Writes a small number.</summary>
    public void Write(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[Length..], value);
        Length += sizeof(ushort);
    }

    /// <summary>Writes an address; nothing where it is not known.</summary>
    public void Write(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        int length = 0;
        address?.TryWriteBytes(bytes, out length);
        Write((ushort)length);
        bytes[..length].CopyTo(_buffer[Length..]);
        Length += length;
    }

    /// <summary>Writes a text; null is empty.</summary>
    public void Write(ReadOnlySpan<char> text) => Write(text, reserved: 0);

    /// <summary>Writes headers, as many as there is room for while <paramref name="reserved"/> bytes are left for what follows.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="settings">Which of them are masked.</param>
    /// <param name="reserved">Bytes that are left.</param>
    /// <param name="memo">What the same caller sent, or got, before; null for nothing.</param>
    public void Write(ReadOnlySpan<KeyValuePair<string, StringValues>> headers, CallLogSettings settings, int reserved, HeaderMemo? memo)
    {
        if (memo is not null && memo.Find(headers, settings) is { IsEmpty: false } known && known.Length + LeastOfValue <= Left - reserved)
        {
            known.CopyTo(_buffer[Length..]);
            Length += known.Length;
            return;
        }

        int countAt = Length;
        if (TryWriteAll(headers, settings, reserved))
        {
            memo?.Keep(headers, settings, _buffer[countAt..Length]);
        }
    }

    private bool TryWriteAll(ReadOnlySpan<KeyValuePair<string, StringValues>> headers, CallLogSettings settings, int reserved)
    {
        int countAt = Length;
        Write((ushort)0);
        ushort count = 0;
        bool isWhole = true;
        foreach ((string name, StringValues values) in headers)
        {
            // Headers with several values are told as they came.
            for (int index = 0; index < values.Count && isWhole; index++)
            {
                isWhole = _buffer.Length - Length - reserved >= LengthBytes + name.Length + LengthBytes + LeastOfValue;
                if (isWhole)
                {
                    Write(name);
                    Write(settings.Masks(name) ? CalledHeader.Masked : values[index], reserved);
                    count++;
                }
            }
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[countAt..], count);
        return isWhole;
    }

    private void Write(ReadOnlySpan<char> text, int reserved)
    {
        int room = Math.Min(_longestText, _buffer.Length - Length - LengthBytes - reserved);
        Span<byte> destination = _buffer.Slice(Length + LengthBytes, room);
        if (Ascii.FromUtf16(text, destination, out int length) != OperationStatus.Done && !Encoding.UTF8.TryGetBytes(text, destination, out length))
        {
            length = WriteBeginning(text, destination);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[Length..], (ushort)length);
        Length += LengthBytes + length;
    }

    private static int WriteBeginning(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (destination.Length < s_more.Length)
        {
            return 0;
        }

        Encoder encoder = Encoding.UTF8.GetEncoder();
        encoder.Convert(text, destination[..^s_more.Length], flush: false, out _, out int length, out _);
        s_more.CopyTo(destination[length..]);
        return length + s_more.Length;
    }
}
