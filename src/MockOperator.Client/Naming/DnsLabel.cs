using System.Buffers;

namespace MockOperator.Client.Naming;

/// <summary>Labels of host names, as Kubernetes has them in names (RFC 1123 §2.1).</summary>
public static class DnsLabel
{
    /// <summary>Longest label.</summary>
    public const int MaxLength = 63;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether a text is a label of at most <paramref name="maxLength"/> characters. A namespace has such a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">Most characters.</param>
    public static bool Is(ReadOnlySpan<char> text, int maxLength = MaxLength) =>
        text.Length > 0 && text.Length <= maxLength && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(Characters);
}
