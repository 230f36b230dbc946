using System.Text;

namespace MockOperator.Mocking.Templating.Requests;

/// <summary>Reads the text fields of <c>multipart/form-data</c> (RFC 7578). Files, which have a file name, are left out.</summary>
internal static class MultipartForm
{
    private const int MaxBoundary = 70;

    public static NamedValues Read(ReadOnlySpan<byte> body, string? contentType)
    {
        NamedValues values = new();
        if (FindParameter(contentType, "boundary") is not { Length: > 0 and <= MaxBoundary } boundary)
        {
            return values;
        }

        ReadOnlySpan<byte> delimiter = Encoding.UTF8.GetBytes($"--{boundary}");
        int parts = 0;
        int start = body.IndexOf(delimiter);
        while (start >= 0 && parts++ < NamedValues.MaxCount)
        {
            body = body[(start + delimiter.Length)..];
            start = body.IndexOf(delimiter);
            if (start < 0 || body.StartsWith("--"u8))
            {
                break;
            }

            ReadPart(body[..start], values);
        }

        return values;
    }

    private static void ReadPart(ReadOnlySpan<byte> part, NamedValues values)
    {
        int head = part.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return;
        }

        ReadOnlySpan<byte> content = part[(head + 4)..];
        content = content.EndsWith("\r\n"u8) ? content[..^2] : content;
        foreach (string line in Encoding.UTF8.GetString(part[..head]).Split("\r\n"))
        {
            if (line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase)
                && FindParameter(line, "filename") is null
                && FindParameter(line, "name") is { } name)
            {
                values.Add(name, Encoding.UTF8.GetString(content));
                return;
            }
        }
    }

    /// <summary>The value of a parameter after a semicolon, quoted or not; null when there is none.</summary>
    private static string? FindParameter(string? header, string name)
    {
        ReadOnlySpan<char> rest = header;
        while (NextParameter(ref rest, out ReadOnlySpan<char> found, out ReadOnlySpan<char> value))
        {
            if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value.ToString();
            }
        }

        return null;
    }

    private static bool NextParameter(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        int semicolon = rest.IndexOf(';');
        if (semicolon < 0)
        {
            return false;
        }

        rest = rest[(semicolon + 1)..].TrimStart();
        int equals = rest.IndexOfAny('=', ';');
        if (equals < 0 || rest[equals] == ';')
        {
            name = (equals < 0 ? rest : rest[..equals]).Trim();
            rest = equals < 0 ? default : rest[equals..];
            return true;
        }

        name = rest[..equals].Trim();
        rest = rest[(equals + 1)..].TrimStart();
        bool isQuoted = rest.StartsWith('"');
        rest = isQuoted ? rest[1..] : rest;
        int end = rest.IndexOf(isQuoted ? '"' : ';');
        value = end < 0 ? rest : rest[..end];
        value = isQuoted ? value : value.Trim();
        rest = end < 0 ? default : rest[end..];
        return true;
    }
}
