using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MockOperator.Runtime.Cors;

namespace MockOperator.Runtime.Tests.Cors;

/// <summary>A browser's side of the CORS protocol, written down from the Fetch standard: what a page learns when it calls a mock with a policy.</summary>
internal sealed class FetchClient(CorsPolicy policy)
{
    private static readonly string[] SafelistedMethods = ["GET", "HEAD", "POST"];
    private static readonly string[] NormalizedMethods = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];
    private static readonly string[] SafelistedResponseHeaders =
        ["Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires", "Last-Modified", "Pragma"];

    /// <summary>The headers of the last preflight's answer; null when none was needed.</summary>
    public IHeaderDictionary? Preflight { get; private set; }

    /// <summary>Runs "HTTP fetch" with CORS for a page of an origin.</summary>
    /// <param name="page">The origin of the page.</param>
    /// <param name="method">The method as the script wrote it.</param>
    /// <param name="unsafeHeaders">Request headers that are not CORS-safelisted.</param>
    /// <param name="credentials">Whether the credentials mode is <c>include</c>.</param>
    /// <param name="answer">The headers that the mock's example sets.</param>
    /// <returns>The header names that the script can read, or null for a network error.</returns>
    public IReadOnlySet<string>? Fetch(
        string page, string method = "GET", string[]? unsafeHeaders = null, bool credentials = false, Dictionary<string, string>? answer = null)
    {
        // Fetch standard, "normalize a method".
        method = NormalizedMethods.FirstOrDefault(name => string.Equals(name, method, StringComparison.OrdinalIgnoreCase)) ?? method;
        unsafeHeaders ??= [];
        if ((!SafelistedMethods.Contains(method) || unsafeHeaders.Length > 0) && !PreflightPasses(page, method, unsafeHeaders, credentials))
            return null;

        IHeaderDictionary request = new HeaderDictionary { ["Origin"] = page };
        IHeaderDictionary response = new HeaderDictionary();
        foreach (var (name, value) in answer ?? [])
            response[name] = value;
        policy.Decorate(request, response);
        if (!CorsCheck(page, response, credentials))
            return null;

        // "CORS-exposed header-name list" and "wildcard" (HTTP-network-or-cache fetch, main fetch step on response tainting "cors").
        var exposed = Values(response.AccessControlExposeHeaders);
        var readable = exposed.Contains("*") && !credentials
            ? response.Keys
            : response.Keys.Where(name => SafelistedResponseHeaders.Concat(exposed).Contains(name, StringComparer.OrdinalIgnoreCase));
        return readable.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    // Fetch standard, "CORS-preflight fetch".
    private bool PreflightPasses(string page, string method, string[] unsafeHeaders, bool credentials)
    {
        IHeaderDictionary request = new HeaderDictionary { ["Origin"] = page, ["Access-Control-Request-Method"] = method };
        var names = unsafeHeaders.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal).ToArray();
        if (names.Length > 0)
            request.AccessControlRequestHeaders = string.Join(',', names);
        Assert.True(policy.IsPreflight("OPTIONS", request));
        Preflight = new HeaderDictionary();
        if (!policy.AnswerPreflight(request, Preflight) || !CorsCheck(page, Preflight, credentials))
            return false;

        var methods = Values(Preflight.AccessControlAllowMethods);
        if (!methods.Contains(method) && !SafelistedMethods.Contains(method) && (credentials || !methods.Contains("*")))
            return false;

        var allowed = Values(Preflight.AccessControlAllowHeaders);
        return names.All(name => allowed.Contains(name, StringComparer.OrdinalIgnoreCase) || (name != "authorization" && !credentials && allowed.Contains("*")));
    }

    // Fetch standard, "CORS check".
    private static bool CorsCheck(string page, IHeaderDictionary response, bool credentials)
    {
        StringValues origin = response.AccessControlAllowOrigin;
        if (origin.Count != 1)
            return false;
        if (!credentials && origin == "*")
            return true;
        return origin == page && (!credentials || response.AccessControlAllowCredentials == "true");
    }

    private static string[] Values(StringValues values) => values.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
