using System.Buffers.Text;
using System.Text.Json;
using MockOperator.Client.Naming;

namespace MockOperator.Client.Connections;

/// <summary>
/// What a token says of itself, if it is a JWT (RFC 7519). Nobody has verified it: it names its bearer to themselves, proposes a namespace and ends a session with the token, and gives no right. One that
/// is no JWT says nothing.
/// </summary>
/// <param name="Name">Whom it names, for people; null when that is not said.</param>
/// <param name="Namespace">The namespace of the ServiceAccount that it names; null when it names somebody else.</param>
/// <param name="Expires">When it ends; null when that is not said.</param>
public sealed record TokenClaims(string? Name, string? Namespace, DateTimeOffset? Expires)
{
    private const int LongestName = 120;
    private const int Deepest = 16;

    // 9999-12-31T23:59:59Z, the last second that a DateTimeOffset has.
    private const double LastSecond = 253_402_300_799;
    private const string Account = "system:serviceaccount:";

    private static readonly TokenClaims Nothing = new(null, null, null);
    private static readonly string[] Names = ["email", "preferred_username", "name", "sub"];

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token.</param>
    public static TokenClaims Read(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length > BearerToken.Longest || token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
            return Nothing;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload), new JsonDocumentOptions { MaxDepth = Deepest });
            return claims.RootElement is { ValueKind: JsonValueKind.Object } root
                ? new TokenClaims(Names.Select(name => Text(root, name)).FirstOrDefault(static text => text is not null), NamespaceOf(root), ExpiryOf(root))
                : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    // A bound token says it in an object, one of before 1.24 in a claim of a long name; a subject has it in its name as well.
    private static string? NamespaceOf(JsonElement claims)
    {
        var inNamespace = (claims.TryGetProperty("kubernetes.io", out var bound) && bound.ValueKind == JsonValueKind.Object ? Text(bound, "namespace") : null)
            ?? Text(claims, "kubernetes.io/serviceaccount/namespace")
            ?? (Text(claims, "sub") is { } subject && subject.StartsWith(Account, StringComparison.Ordinal) && subject[Account.Length..].Split(':') is [var first, _] ? first : null);
        return inNamespace is not null && DnsLabel.Is(inNamespace) ? inNamespace : null;
    }

    private static DateTimeOffset? ExpiryOf(JsonElement claims) =>
        claims.TryGetProperty("exp", out var expiry) && expiry.ValueKind == JsonValueKind.Number && expiry.TryGetDouble(out var seconds) && seconds is > 0 and < LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private static string? Text(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString() is not { Length: > 0 } text ? null
                : text.Length <= LongestName ? text
                : text[..(char.IsHighSurrogate(text[LongestName - 1]) ? LongestName - 1 : LongestName)];
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is JSON, and no text.
            return null;
        }
    }
}
