using System.Security.Cryptography;
using MockOperator.Client.Connections;

namespace MockOperator.Dashboard.Access;

/// <summary>
/// Many people, each with a token of their own for the API server: pasted on a page and kept in an encrypted cookie of theirs, or brought by a proxy in a header. Nothing is kept here, and the process
/// needs no rights: whatever is asked of the API server carries the caller's token.
/// </summary>
public sealed class TokenAccess : DashboardAccess
{
    /// <summary>Longest life of a session whose token says nothing of its end, or a later one.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    /// <summary>Longest token that is taken, in characters: longer ones do not fit into cookies.</summary>
    internal const int LongestToken = 12 * 1024;

    private const string Bearer = "Bearer ";

    private readonly ClusterGate _gate;
    private readonly SessionSeal _seal;
    private readonly TimeProvider _time;

    /// <summary>Opens access by tokens.</summary>
    /// <param name="gate">The API server. Not disposed of.</param>
    /// <param name="time">The clock of sessions.</param>
    /// <param name="key">The key of cookies, at least 32 bytes, the same for all replicas; null for a random one, with which sessions end with the process.</param>
    /// <param name="trustedHeader">
    /// The request header in which a proxy brings the caller's token, with or without <c>Bearer</c> in front of it; null for none. Whoever can reach the port can set it: name one only where nobody
    /// but the proxy can, and the proxy takes it out of what callers send.
    /// </param>
    public TokenAccess(ClusterGate gate, TimeProvider? time = null, ReadOnlyMemory<byte>? key = null, string? trustedHeader = null)
    {
        ArgumentNullException.ThrowIfNull(gate);
        _gate = gate;
        _time = time ?? TimeProvider.System;
        _seal = new SessionSeal(key is { } given ? given.Span : RandomNumberGenerator.GetBytes(SessionSeal.ShortestKey));
        TrustedHeader = trustedHeader;
    }

    /// <summary>The header in which a proxy brings tokens; null for none.</summary>
    public string? TrustedHeader { get; }

    /// <inheritdoc/>
    internal override bool TakesTokens => TrustedHeader is null;

    /// <inheritdoc/>
    internal override Caller? Recognise(HttpContext http)
    {
        var session = SessionCookie.Read(http) is { } text ? _seal.Open(text) : null;
        if (session is not null && session.Ends <= _time.GetUtcNow())
            session = null;
        if (TrustedHeader is null)
            return session is { Token.Length: > 0 } ? CallerOf(session.Token, session, canSignOut: true) : null;

        if (TokenOf(http.Request.Headers[TrustedHeader].ToString()) is not { } token)
            return null;
        // The proxy's session is what counts; ours holds no more than the secret of forms.
        if (session is not { Token.Length: 0 })
        {
            session = Session.Begin("", _time.GetUtcNow() + LongestSession);
            SessionCookie.Write(http, _seal.Seal(session), expires: null);
        }

        return CallerOf(token, session, canSignOut: false);
    }

    /// <summary>The cluster as the bearer of a token sees it, before there is a session.</summary>
    /// <param name="token">The token.</param>
    internal MockCluster Try(string token) => _gate.For(token);

    /// <summary>Begins a session.</summary>
    /// <param name="http">The request.</param>
    /// <param name="token">A token that the API server knows.</param>
    /// <returns>The caller of the session, to be disposed of; null for a token that is over, or too long for cookies.</returns>
    internal Caller? Begin(HttpContext http, string token)
    {
        var now = _time.GetUtcNow();
        var ends = now + LongestSession;
        if (TokenClaims.Read(token).Expires is { } expires && expires < ends)
            ends = expires;
        if (ends <= now)
            return null;
        var session = Session.Begin(token, ends);
        var text = _seal.Seal(session);
        if (!SessionCookie.Fits(text))
            return null;
        SessionCookie.Write(http, text, ends);
        return CallerOf(token, session, canSignOut: true);
    }

    /// <inheritdoc/>
    internal override void End(HttpContext http) => SessionCookie.Remove(http);

    private static string? TokenOf(string header)
    {
        var token = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : header.Trim();
        return BearerToken.IsWellFormed(token, LongestToken) ? token : null;
    }

    private Caller CallerOf(string token, Session session, bool canSignOut)
    {
        var claims = TokenClaims.Read(token);
        return new Caller(_gate.For(token), ownsCluster: true)
        {
            Name = claims.Name ?? "the bearer of a token",
            Id = BearerToken.Fingerprint(token),
            Namespace = claims.Namespace ?? "",
            FormSecret = session.FormSecret,
            CanSignOut = canSignOut,
        };
    }
}
