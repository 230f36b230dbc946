namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>Labels of host names, as Kubernetes has them in names (RFC 1123 §2.1).</summary>
internal static class DnsLabel
{
    /// <summary>Longest label.</summary>
    public const int MaxLength = 63;

    /// <summary>Whether a text is a label of at most <paramref name="maxLength"/> characters.</summary>
    public static bool Is(string text, int maxLength = MaxLength) =>
        text.Length is > 0 && text.Length <= maxLength
        && text.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && text[0] != '-' && text[^1] != '-';
}
