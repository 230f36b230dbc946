using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MockOperator.Dashboard.Access;

/// <summary>
/// What a token says of itself, read without proof: only to name its bearer on the page and to end the session with it. The API server alone judges tokens. One that is no JWT says nothing.
/// </summary>
/// <param name="Name">Whom it names; null when that is not said.</param>
/// <param name="Expires">When it ends; null when that is not said.</param>
internal sealed record BearerToken(string? Name, DateTimeOffset? Expires)
{
    /// <summary>Longest token that is taken, in characters.</summary>
    public const int Longest = 12 * 1024;

    private const string Account = "system:serviceaccount:";
    private const int LongestName = 120;
    private static readonly string[] Names = ["email", "preferred_username", "name", "sub"];

    /// <summary>The namespace of the ServiceAccount that it names; null when it names somebody else.</summary>
    public string? Namespace => Name?.StartsWith(Account, StringComparison.Ordinal) == true && Name[Account.Length..].Split(':') is [{ Length: > 0 } inNamespace, _] ? inNamespace : null;

    /// <summary>Reads a token.</summary>
    public static BearerToken Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
            return new BearerToken(null, null);
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.RootElement.ValueKind == JsonValueKind.Object
                ? new BearerToken(NameOf(claims.RootElement), ExpiryOf(claims.RootElement))
                : new BearerToken(null, null);
        }
        catch (JsonException)
        {
            return new BearerToken(null, null);
        }
    }

    /// <summary>Whether a text can be a token at all: printable ASCII, so that it is one header's value and nothing else.</summary>
    public static bool IsWellFormed(string token) => token.Length is > 0 and <= Longest && token.All(c => c is > ' ' and < '\x7f');

    /// <summary>Tells bearers apart without telling their tokens.</summary>
    public static string IdOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string? NameOf(JsonElement claims)
    {
        foreach (var name in Names)
        {
            if (claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String && claim.GetString() is { Length: > 0 } value)
                return value.Length > LongestName ? value[..LongestName] : value;
        }

        return null;
    }

    private static DateTimeOffset? ExpiryOf(JsonElement claims) =>
        claims.TryGetProperty("exp", out var expiry) && expiry.ValueKind == JsonValueKind.Number && expiry.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
