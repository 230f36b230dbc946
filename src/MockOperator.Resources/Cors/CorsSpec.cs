namespace MockOperator.Resources;

/// <summary>
/// Which pages of other origins may call a mock, by the Fetch standard's CORS protocol. The defaults are Postman's: every origin, method and header, no credentials.
/// What a set of rules must satisfy is checked by <see cref="CorsRules"/>.
/// </summary>
public sealed record CorsSpec
{
    /// <summary>Whether CORS is spoken at all. Default true. When false, preflights are matched like any other request.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Who speaks it. Default <see cref="CorsLocation.Runtime"/>.</summary>
    public CorsLocation? At { get; init; }

    /// <summary>
    /// Origins whose pages may read answers: <c>https://app.example.com</c>, <c>https://*.example.com</c> (one wildcard, in the first label of the host),
    /// <c>null</c> or <c>*</c>. Default <c>*</c>. At most 64.
    /// </summary>
    public IReadOnlyList<string>? AllowOrigins { get; init; }

    /// <summary>Methods that a preflight allows, case-sensitive. Default, and what <c>*</c> stands for: the usual ones and the one asked for. At most 32.</summary>
    public IReadOnlyList<string>? AllowMethods { get; init; }

    /// <summary>Request headers that a preflight allows. Default, and what <c>*</c> stands for: those asked for. At most 64.</summary>
    public IReadOnlyList<string>? AllowHeaders { get; init; }

    /// <summary>Response headers that a page may read. Default: all, or with <see cref="AllowCredentials"/> only those that are always readable. At most 64.</summary>
    public IReadOnlyList<string>? ExposeHeaders { get; init; }

    /// <summary>Whether pages may send cookies, client certificates and HTTP authentication. Default false. Excludes the origin <c>*</c>.</summary>
    public bool? AllowCredentials { get; init; }

    /// <summary>How long a browser may remember a preflight: <c>500ms</c>, <c>600s</c>, <c>10m</c>, <c>1h30m</c>; <c>0s</c> to <c>24h</c>. Default 10 minutes.</summary>
    public string? MaxAge { get; init; }

    /// <summary>Whether pages of public sites may call the mock at a private address. Default false.</summary>
    public bool? AllowPrivateNetwork { get; init; }
}
