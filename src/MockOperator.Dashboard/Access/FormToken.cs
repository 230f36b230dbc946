using System.Buffers.Text;
using System.Security.Cryptography;

namespace MockOperator.Dashboard.Access;

/// <summary>
/// What a form of ours carries and no other site's can: the session's secret, masked with new random bytes each time, so that what is compressed together with it (BREACH) tells nothing of it.
/// </summary>
internal static class FormToken
{
    /// <summary>Name of the field.</summary>
    public const string Field = "_token";

    /// <summary>Bytes of a session's secret.</summary>
    public const int SecretLength = 32;

    /// <summary>A token of a session.</summary>
    public static string Create(ReadOnlySpan<byte> secret)
    {
        Span<byte> token = stackalloc byte[2 * SecretLength];
        RandomNumberGenerator.Fill(token[..SecretLength]);
        for (var i = 0; i < SecretLength; i++)
            token[SecretLength + i] = (byte)(token[i] ^ secret[i]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whether a token is of a session.</summary>
    public static bool IsOf(ReadOnlySpan<byte> secret, string? token)
    {
        Span<byte> bytes = stackalloc byte[2 * SecretLength];
        if (token is not { Length: <= 4 * SecretLength } || !Base64Url.IsValid(token, out var length) || length != bytes.Length)
            return false;
        Base64Url.DecodeFromChars(token, bytes);
        for (var i = 0; i < SecretLength; i++)
            bytes[SecretLength + i] ^= bytes[i];
        return CryptographicOperations.FixedTimeEquals(bytes[SecretLength..], secret);
    }
}
