namespace MockOperator.Dashboard.Pages;

/// <summary>What holds for every answer and every request, whoever asks.</summary>
internal static class Security
{
    /// <summary>Nothing from elsewhere, nothing in line, no frames.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Writes the headers that keep browsers from doing more with an answer than showing it. Answers may overwrite what is said of caches.</summary>
    public static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        // Not no-referrer, with which browsers leave the origin out of what forms send.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
    }

    /// <summary>Why a request is refused before anybody looks at who makes it; null when it is not.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hosts">Names of hosts that are answered for.</param>
    public static string? Refuse(HttpRequest request, IReadOnlySet<string> hosts)
    {
        if (!hosts.Contains(request.Host.Host))
            return $"This dashboard does not answer for the host '{Show.Cut(request.Host.Host, 100)}'. If it should, start it with --host and that name.";
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;
        // Fetch metadata, where browsers send it (Chromium 76, Firefox 90, Safari 16.4); else the origin.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var isOurs = site.Length > 0
            ? site == "same-origin"
            : Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) && IsHost(origin, request.Host);
        return isOurs ? null : "Another site sent this, or a program that does not say which site it is for. Nothing was done.";
    }

    // The scheme is not known behind a proxy that ends TLS; the port of a scheme is left out by browsers on both sides.
    private static bool IsHost(Uri origin, HostString host) =>
        string.Equals(origin.IsDefaultPort ? origin.Host : $"{origin.Host}:{origin.Port}", host.Value, StringComparison.OrdinalIgnoreCase);
}
