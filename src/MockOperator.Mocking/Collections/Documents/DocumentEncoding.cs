namespace MockOperator.Mocking.Collections.Documents;

/// <summary>Size and encoding of a document, looked at before its content.</summary>
internal static class DocumentEncoding
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Takes a UTF-8 byte order mark off, and tells what makes the document unreadable; null when nothing does.</summary>
    public static DocumentProblem? Check(ref ReadOnlyMemory<byte> document, LoadLimits limits)
    {
        if (document.Length > limits.DocumentBytes)
        {
            return new(
                LoadIssueReason.TooLarge,
                $"The document has {document.Length} bytes, and {limits.DocumentBytes} are allowed. Split it, or remove large examples.");
        }

        if (document.Span.StartsWith(ByteOrderMark))
        {
            document = document[ByteOrderMark.Length..];
        }

        ReadOnlySpan<byte> bytes = document.Span;
        if (IsWide(bytes))
        {
            return new(LoadIssueReason.NotUtf8, "The document is in UTF-16 or UTF-32. Save it as UTF-8.");
        }

        return JsonScan.SkipWhiteSpace(bytes, 0) == bytes.Length
            ? new(LoadIssueReason.Empty, "The document is empty. Give the JSON that Postman exports.")
            : null;
    }

    /// <summary>JSON starts with two ASCII characters or one, so a mark or a NUL among the first bytes tells wide encodings (RFC 4627 §3).</summary>
    private static bool IsWide(ReadOnlySpan<byte> bytes) =>
        bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, ..] or [_, 0, ..];
}
