using System.Security.Cryptography;
using System.Text;

namespace MockOperator.Client.Connections;

/// <summary>Tokens that callers bring for the API server, which alone judges them.</summary>
public static class BearerToken
{
    /// <summary>Longest token that is looked at, in characters. Those of Kubernetes with many groups have some thousands.</summary>
    public const int Longest = 16 * 1024;

    /// <summary>Whether a text can be a token at all: printable ASCII, so that it is one header's value and nothing else.</summary>
    /// <param name="token">The text.</param>
    /// <param name="longest">Most characters.</param>
    public static bool IsWellFormed(string token, int longest = Longest)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Length > 0 && token.Length <= longest && token.All(static c => c is > ' ' and < '\x7f');
    }

    /// <summary>Tells bearers apart without telling their tokens: no way leads from it to the token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>SHA-256 in hexadecimal.</returns>
    public static string Fingerprint(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
