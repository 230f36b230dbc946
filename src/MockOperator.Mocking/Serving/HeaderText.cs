namespace MockOperator.Mocking.Serving;

/// <summary>Makes a text safe as a header value (RFC 9110 §5.5): what a collection says never adds a header or ends the head.</summary>
internal static class HeaderText
{
    /// <summary>Trims the value and replaces CR, LF and NUL by spaces.</summary>
    internal static string Clean(string value) => value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0
        ? value.Trim()
        : value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ').Trim();
}
