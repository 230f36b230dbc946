using System.Globalization;
using System.Text;

namespace MockOperator.Dashboard.Access;

/// <summary>
/// A value in cookies of this host alone (<c>__Host-</c>: Secure, the path <c>/</c>, no domain), in pieces where it is longer than browsers take. Chromium and Firefox take Secure cookies from
/// <c>http://localhost</c> as well, which is what a forwarded port is; Safari does not, and says nothing. So one that is not Secure goes with it for a moment: where that comes back alone, the page can say why.
/// </summary>
internal static class SessionCookie
{
    private const string Name = "__Host-mock-session";
    private const string Trace = "mock-signed-in";
    private const int Piece = 3500;
    private const int MostPieces = 6;
    private static readonly TimeSpan TraceAge = TimeSpan.FromSeconds(30);

    /// <summary>The value that a request brings; null for none, or for pieces that are not whole.</summary>
    public static string? Read(HttpContext http)
    {
        var first = http.Request.Cookies[Name];
        if (first is null)
            return null;
        var dot = first.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1 || !int.TryParse(first.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var pieces) || pieces is < 1 or > MostPieces)
            return null;
        var value = new StringBuilder(first, dot + 1, first.Length - dot - 1, Piece * pieces);
        for (var i = 1; i < pieces; i++)
        {
            if (http.Request.Cookies[NameOf(i)] is not { } piece)
                return null;
            value.Append(piece);
        }

        return value.ToString();
    }

    /// <summary>Whether a value was given to the browser a moment ago, and it kept none.</summary>
    public static bool WasRefused(HttpContext http) => http.Request.Cookies.ContainsKey(Trace) && !http.Request.Cookies.ContainsKey(Name);

    /// <summary>Whether a value fits.</summary>
    public static bool Fits(string value) => value.Length <= Piece * MostPieces;

    /// <summary>Gives a value to the browser.</summary>
    public static void Write(HttpContext http, string value, DateTimeOffset? expires)
    {
        var options = Options();
        options.Expires = expires;
        var pieces = Math.Max(1, (value.Length + Piece - 1) / Piece);
        for (var i = 0; i < pieces; i++)
        {
            var piece = value.Substring(i * Piece, Math.Min(Piece, value.Length - i * Piece));
            http.Response.Cookies.Append(NameOf(i), i == 0 ? string.Create(CultureInfo.InvariantCulture, $"{pieces}.{piece}") : piece, options);
        }

        Remove(http, pieces);
        http.Response.Cookies.Append(Trace, "1", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true, MaxAge = TraceAge });
    }

    /// <summary>Takes it back.</summary>
    public static void Remove(HttpContext http)
    {
        Remove(http, 0);
        http.Response.Cookies.Delete(Trace);
    }

    private static void Remove(HttpContext http, int from)
    {
        for (var i = from; i < MostPieces; i++)
        {
            if (http.Request.Cookies.ContainsKey(NameOf(i)))
                http.Response.Cookies.Delete(NameOf(i), Options());
        }
    }

    private static string NameOf(int piece) => piece == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}-{piece}");

    private static CookieOptions Options() => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };
}
