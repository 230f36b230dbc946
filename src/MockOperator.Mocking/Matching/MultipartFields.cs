namespace MockOperator.Mocking.Matching;

/// <summary>Reads the text fields of a <c>multipart/form-data</c> body (RFC 7578), one after the other, without allocation; files are passed over.</summary>
internal ref struct MultipartFields
{
    private readonly ReadOnlySpan<byte> _boundary;
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts reading.</summary>
    /// <param name="body">The body.</param>
    /// <param name="boundary">The boundary with the two dashes before it, as <see cref="TryGetBoundary"/> makes it.</param>
    internal MultipartFields(ReadOnlySpan<byte> body, ReadOnlySpan<byte> boundary)
    {
        _boundary = boundary;
        int first = body.IndexOf(boundary);
        _rest = first < 0 ? default : body[(first + boundary.Length)..];
    }

    /// <summary>Name of the current field.</summary>
    internal ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Value of the current field.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether a content type is that of a multipart form.</summary>
    internal static bool IsMultipart(string? contentType) =>
        contentType is not null && contentType.AsSpan().TrimStart().StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the boundary of a content type.</summary>
    /// <param name="contentType">Value of the header.</param>
    /// <param name="buffer">At least 72 bytes: RFC 2046 §5.1.1 allows 70 characters.</param>
    /// <param name="boundary">The delimiter, dashes included.</param>
    internal static bool TryGetBoundary(string contentType, Span<byte> buffer, out ReadOnlySpan<byte> boundary)
    {
        boundary = default;
        int start = contentType.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return false;
        }

        ReadOnlySpan<char> value = contentType.AsSpan(start + "boundary=".Length);
        int end = value.StartsWith("\"", StringComparison.Ordinal) ? value[1..].IndexOf('"') + 1 : value.IndexOf(';');
        value = (end < 0 ? value : value[..end]).Trim().Trim('"');
        if (value.IsEmpty || value.Length > buffer.Length - 2 || !System.Text.Ascii.IsValid(value))
        {
            return false;
        }

        buffer[0] = (byte)'-';
        buffer[1] = (byte)'-';
        boundary = buffer[..(2 + System.Text.Encoding.ASCII.GetBytes(value, buffer[2..]))];
        return true;
    }

    /// <summary>Goes to the next text field.</summary>
    internal bool Read()
    {
        while (_rest.Length > 2 && !_rest.StartsWith("--"u8))
        {
            int end = _rest.IndexOf(_boundary);
            ReadOnlySpan<byte> part = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + _boundary.Length)..];
            int head = part.IndexOf("\r\n\r\n"u8);
            if (head < 0 || !TryReadName(part[..head], out ReadOnlySpan<byte> name))
            {
                continue;
            }

            ReadOnlySpan<byte> value = part[(head + 4)..];
            Name = name;
            Value = value.EndsWith("\r\n"u8) ? value[..^2] : value;
            return true;
        }

        return false;
    }

    private static bool TryReadName(ReadOnlySpan<byte> head, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (head.IndexOf("filename"u8) >= 0)
        {
            return false;
        }

        int start = head.IndexOf(" name=\""u8);
        start = start < 0 ? head.IndexOf(";name=\""u8) : start;
        if (start < 0)
        {
            return false;
        }

        name = head[(start + 7)..];
        int end = name.IndexOf((byte)'"');
        name = end < 0 ? name : name[..end];
        return true;
    }
}
