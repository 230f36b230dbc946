using System.Buffers;
using System.Collections.Frozen;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>What may stand in a header, and which recorded headers are not the example's to send.</summary>
internal static class HeaderRules
{
    /// <summary>Header of a saved response that asks for a delay in milliseconds; an extension, never sent.</summary>
    public const string DelayHeader = "x-mock-response-delay";

    /// <summary>RFC 9110 §5.6.2, tchar.</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// RFC 9110 §7.6.1 (connection), and what describes the recorded bytes rather than the saved ones: the body is stored decoded, its length and the
    /// moment of sending are the server's to say.
    /// </summary>
    private static readonly FrozenSet<string> Recorded = FrozenSet.ToFrozenSet(
        [
            "Connection", "Proxy-Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
            "Content-Length", "Content-Encoding", "Date",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the text is an HTTP token: the form of header names and methods.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>Whether the text can be a header's value: no control characters but the tab (RFC 9110 §5.5). Other characters are sent as UTF-8.</summary>
    public static bool IsValue(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (character is < ' ' and not '\t' or '\x7f')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the header belongs to the recorded connection or the recorded bytes.</summary>
    public static bool IsRecorded(string name) => Recorded.Contains(name);
}
