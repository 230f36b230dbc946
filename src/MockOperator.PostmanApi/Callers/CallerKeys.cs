using Microsoft.AspNetCore.Http;
using MockOperator.Client.Connections;

namespace MockOperator.PostmanApi.Callers;

/// <summary>Finds the key of a request, in all places where clients of Postman put it.</summary>
internal static class CallerKeys
{
    private const string Bearer = "Bearer ";

    /// <summary>The key; null when there is none, or what is there can be no key.</summary>
    public static string? Read(HttpRequest request)
    {
        string? key = request.Headers["x-api-key"];
        if (string.IsNullOrWhiteSpace(key) && request.Headers.Authorization.ToString() is var credentials && credentials.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            key = credentials[Bearer.Length..];
        if (string.IsNullOrWhiteSpace(key))
            key = request.Query["apikey"];
        key = key?.Trim();
        // It becomes a header again.
        return key is not null && BearerToken.IsWellFormed(key) ? key : null;
    }
}
