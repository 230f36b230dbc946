using System.Text;

namespace MockOperator.Mocking.Requests;

/// <summary>
/// Reads the text fields of a <c>multipart/form-data</c> body (RFC 7578), one after the other, without allocation. Files, which have a file name, are
/// passed over, and so is a part that no delimiter ends.
/// </summary>
internal ref struct MultipartFields
{
    /// <summary>Room that a delimiter needs: RFC 2046 §5.1.1 allows 70 characters, and a line break and two dashes stand before them.</summary>
    internal const int MaxDelimiter = 74;

    private readonly ReadOnlySpan<byte> _delimiter;
    private ReadOnlySpan<byte> _rest;

    private MultipartFields(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter)
    {
        _delimiter = delimiter;

        // The first delimiter is the only one that may stand at the very beginning, without a line break before it.
        _rest = body;
        if (!body.StartsWith(delimiter[2..]) || !TryEnterPart(body[(delimiter.Length - 2)..], out _rest))
        {
            TryCutPart(body, out _, out _rest);
        }
    }

    /// <summary>Name of the current field.</summary>
    internal ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Value of the current field.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether a content type is that of a multipart form.</summary>
    internal static bool IsMultipart(string? contentType)
    {
        ReadOnlySpan<char> mediaType = contentType;
        int parameters = mediaType.IndexOf(';');
        return (parameters < 0 ? mediaType : mediaType[..parameters]).Trim().Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Starts reading a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Value of the header that names the boundary.</param>
    /// <param name="buffer"><see cref="MaxDelimiter"/> bytes that live as long as the reader.</param>
    /// <param name="fields">The reader, before the first field.</param>
    /// <returns>False when the content type names no boundary.</returns>
    internal static bool TryBegin(ReadOnlySpan<byte> body, string? contentType, Span<byte> buffer, out MultipartFields fields)
    {
        const int ShortHeader = 512;
        fields = default;
        if (contentType is null)
        {
            return false;
        }

        Span<byte> header = contentType.Length <= ShortHeader / 3 ? stackalloc byte[ShortHeader] : new byte[3 * contentType.Length];
        header = header[..Encoding.UTF8.GetBytes(contentType, header)];
        if (!TryFindParameter(header, "boundary"u8, out ReadOnlySpan<byte> boundary) || boundary.IsEmpty || boundary.Length > MaxDelimiter - 4)
        {
            return false;
        }

        "\r\n--"u8.CopyTo(buffer);
        boundary.CopyTo(buffer[4..]);
        fields = new MultipartFields(body, buffer[..(4 + boundary.Length)]);
        return true;
    }

    /// <summary>Goes to the next text field.</summary>
    internal bool Read()
    {
        while (TryCutPart(_rest, out ReadOnlySpan<byte> part, out _rest))
        {
            int head = part.IndexOf("\r\n\r\n"u8);
            if (head >= 0 && TryReadName(part[..head], out ReadOnlySpan<byte> name))
            {
                Name = name;
                Value = part[(head + 4)..];
                return true;
            }
        }

        return false;
    }

    /// <summary>Cuts the text up to the next delimiter from what follows that.</summary>
    /// <returns>False when there is none; then nothing follows.</returns>
    private readonly bool TryCutPart(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> part, out ReadOnlySpan<byte> rest)
    {
        int end = 0;
        while (text[end..].IndexOf(_delimiter) is var next and >= 0)
        {
            end += next;
            if (TryEnterPart(text[(end + _delimiter.Length)..], out rest))
            {
                part = text[..end];
                return true;
            }

            end += _delimiter.Length;
        }

        part = rest = default;
        return false;
    }

    /// <summary>Passes over what ends the line of a delimiter; nothing follows the one with two dashes behind it.</summary>
    /// <param name="text">What stands behind a boundary.</param>
    /// <param name="part">What begins at the end of the line, with the line break, so that an empty head has one too.</param>
    /// <returns>False when the line goes on: then it is another text that only begins like the boundary.</returns>
    private static bool TryEnterPart(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (text.StartsWith("--"u8))
        {
            return true;
        }

        part = text.TrimStart(" \t"u8);
        return part.StartsWith("\r\n"u8);
    }

    private static bool TryReadName(ReadOnlySpan<byte> head, out ReadOnlySpan<byte> name)
    {
        name = default;
        while (!head.IsEmpty)
        {
            int end = head.IndexOf("\r\n"u8);
            ReadOnlySpan<byte> line = end < 0 ? head : head[..end];
            head = end < 0 ? default : head[(end + 2)..];
            if (IsNamed(line, "Content-Disposition:"u8))
            {
                return TryFindParameter(line, "name"u8, out name)
                    && !TryFindParameter(line, "filename"u8, out _)
                    && !TryFindParameter(line, "filename*"u8, out _);
            }
        }

        return false;
    }

    private static bool IsNamed(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) => line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);

    /// <summary>The value of a parameter behind a semicolon, quoted or not.</summary>
    private static bool TryFindParameter(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        while (TryReadParameter(ref header, out ReadOnlySpan<byte> found, out value))
        {
            if (Ascii.EqualsIgnoreCase(found, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryReadParameter(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        int semicolon = rest.IndexOf((byte)';');
        if (semicolon < 0)
        {
            return false;
        }

        rest = rest[(semicolon + 1)..];
        int equals = rest.IndexOfAny((byte)'=', (byte)';');
        if (equals < 0 || rest[equals] == ';')
        {
            name = (equals < 0 ? rest : rest[..equals]).Trim(" \t"u8);
            rest = equals < 0 ? default : rest[equals..];
            return true;
        }

        name = rest[..equals].Trim(" \t"u8);
        rest = rest[(equals + 1)..].TrimStart(" \t"u8);
        bool isQuoted = rest.StartsWith("\""u8);
        rest = isQuoted ? rest[1..] : rest;
        int end = rest.IndexOf(isQuoted ? (byte)'"' : (byte)';');
        value = end < 0 ? rest : rest[..end];
        value = isQuoted ? value : value.Trim(" \t"u8);
        rest = end < 0 ? default : rest[end..];
        return true;
    }
}
