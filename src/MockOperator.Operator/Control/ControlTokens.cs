using System.Security.Cryptography;
using System.Text;

namespace MockOperator.Operator.Control;

/// <summary>
/// The tokens that the operator shows on the control ports of runtime pods. Each mock has one of its own, derived from the operator's key, so that a pod
/// that leaks its token's hash, or even a token, opens no other pod; and nothing needs to be stored.
/// </summary>
public sealed class ControlTokens
{
    /// <summary>Fewest bytes of a key.</summary>
    public const int ShortestKey = 32;

    private readonly byte[] _key;

    /// <summary>Derives tokens from a key.</summary>
    /// <param name="key">The operator's key, at least <see cref="ShortestKey"/> bytes.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public ControlTokens(ReadOnlySpan<byte> key)
    {
        if (key.Length < ShortestKey)
        {
            throw new ArgumentException($"the control key must have at least {ShortestKey} bytes", nameof(key));
        }

        _key = key.ToArray();
    }

    /// <summary>The token of a mock: HMAC-SHA256 over its namespace, name and UID, as lower-case hex.</summary>
    public string TokenOf(string ns, string name, string uid) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{ns}/{name}/{uid}")));

    /// <summary>What the bundle of a mock carries: the SHA-256 of its token, as lower-case hex.</summary>
    public string HashOf(string ns, string name, string uid) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TokenOf(ns, name, uid))));
}
