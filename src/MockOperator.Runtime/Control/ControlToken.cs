using System.Text;
using MockOperator.Runtime.Hashing;

namespace MockOperator.Runtime.Control;

/// <summary>Judges the token on the control port. The runtime knows only its hash.</summary>
internal static class ControlToken
{
    private const string Scheme = "Bearer ";
    private const int MaxLength = 512;

    /// <summary>Whether an <c>Authorization</c> header opens the port. Takes the same time for every wrong token.</summary>
    /// <param name="authorization">The header; null when there is none.</param>
    /// <param name="expectedHash">Hex SHA-256 of the token; null closes the port.</param>
    public static bool Opens(string? authorization, string? expectedHash)
    {
        if (!Sha256Digest.TryParse(expectedHash, out Sha256Digest expected) || authorization is null || authorization.Length > MaxLength
            || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return Sha256Digest.Of(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())).Equals(expected);
    }
}
