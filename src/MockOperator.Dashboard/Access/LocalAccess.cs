using System.Security.Cryptography;
using System.Text;
using MockOperator.Client.Connections;

namespace MockOperator.Dashboard.Access;

/// <summary>
/// The one person who started the program, on the machine it runs on. Whoever opens <see cref="EntryPath"/> first gets a cookie for the session; it opens once, so that nobody can follow who reads it in
/// a list of processes, a history or over a shoulder.
/// </summary>
/// <remarks>Cookies of a host go to all ports of it: another web server on 127.0.0.1 that the person visits is sent the session's, as that of every program of this kind.</remarks>
public sealed class LocalAccess : DashboardAccess
{
    private const string Cookie = "mock-dashboard";

    private readonly MockCluster _cluster;
    private readonly string _user;
    private readonly string _namespace;
    private readonly byte[] _entry = RandomNumberGenerator.GetBytes(32);
    private readonly string _session = Text(RandomNumberGenerator.GetBytes(32));
    private readonly byte[] _formSecret = RandomNumberGenerator.GetBytes(FormToken.SecretLength);
    private int _entered;

    /// <summary>Makes a session that nobody has entered yet.</summary>
    /// <param name="cluster">The cluster, with the person's credentials. Not disposed of.</param>
    /// <param name="user">The person's name for people, such as the kubeconfig has it.</param>
    /// <param name="inNamespace">The namespace that is shown first; null for the cluster's own.</param>
    public LocalAccess(MockCluster cluster, string user, string? inNamespace = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _cluster = cluster;
        _user = user;
        _namespace = inNamespace ?? cluster.Namespace;
    }

    /// <summary>The address that opens once, below the dashboard's.</summary>
    public string EntryPath => $"/enter/{Text(_entry)}";

    /// <inheritdoc/>
    internal override bool TakesTokens => false;

    /// <summary>Gives the cookie to whoever knows the address, the first time.</summary>
    /// <param name="http">The request.</param>
    /// <param name="token">The end of the address.</param>
    /// <returns>Whether it was given; false also when it had been given before, <paramref name="wasUsed"/> says so.</returns>
    /// <param name="wasUsed">Whether the address is right and was used already.</param>
    internal bool TryEnter(HttpContext http, string token, out bool wasUsed)
    {
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(Text(_entry)));
        wasUsed = isRight && Interlocked.Exchange(ref _entered, 1) == 1;
        if (!isRight || wasUsed)
            return false;
        http.Response.Cookies.Append(Cookie, _session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        return true;
    }

    /// <inheritdoc/>
    internal override Caller? Recognise(HttpContext http) =>
        http.Request.Cookies[Cookie] is { } value && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(_session))
            ? new Caller(_cluster, ownsCluster: false) { Name = _user, Id = "local", Namespace = _namespace, FormSecret = _formSecret }
            : null;

    /// <inheritdoc/>
    internal override void End(HttpContext http)
    {
        // The session ends with the program.
    }

    private static string Text(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
