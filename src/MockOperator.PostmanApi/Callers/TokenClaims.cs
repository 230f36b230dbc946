using System.Buffers.Text;
using System.Text.Json;
using MockOperator.PostmanApi.Identity;

namespace MockOperator.PostmanApi.Callers;

/// <summary>What a token says of its bearer, if it is a JWT (RFC 7519). Nobody has verified it: it chooses a default namespace and a name for people, and gives no right.</summary>
/// <param name="Subject">Who it is.</param>
/// <param name="Namespace">The namespace of a service account.</param>
internal readonly record struct TokenClaims(string? Subject, string? Namespace)
{
    private const int Longest = 16 * 1024;

    public static TokenClaims Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || token.Length > Longest || !Base64Url.IsValid(parts[1]))
            return default;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), new JsonDocumentOptions { MaxDepth = 8 });
            var root = claims.RootElement;
            var ns = Text(root, "kubernetes.io/serviceaccount/namespace")
                ?? (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("kubernetes.io", out var bound) ? Text(bound, "namespace") : null);
            return new TokenClaims(Text(root, "sub"), ns is not null && ObjectName.IsNamespace(ns) ? ns : null);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
