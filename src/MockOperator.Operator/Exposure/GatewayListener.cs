namespace MockOperator.Operator.Exposure;

/// <summary>A listener of a Gateway to which an HTTPRoute may be attached.</summary>
/// <param name="Name">Its name: the <c>sectionName</c> of a parent reference.</param>
/// <param name="Hostname">The host that it serves, or all below one (<c>*.example.com</c>); null for every host.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsSecure">Whether it speaks HTTPS, else HTTP.</param>
/// <param name="IsOfOwnNamespace">Whether it admits only routes of the Gateway's own namespace, as listeners do that say nothing else.</param>
/// <param name="IsProgrammed">False when the Gateway says that it does not serve it, for want of its certificate for example.</param>
public sealed record GatewayListener(string Name, string? Hostname, int Port, bool IsSecure, bool IsOfOwnNamespace, bool IsProgrammed)
{
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    /// <summary>Whether URLs need not name the port.</summary>
    public bool HasUsualPort => Port == (IsSecure ? HttpsPort : HttpPort);

    /// <summary>Whether it serves a host. A wildcard stands for one label or more.</summary>
    /// <param name="host">The host name.</param>
    public bool Serves(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Hostname is null
            || Hostname.Equals(host, StringComparison.OrdinalIgnoreCase)
            || (Hostname.StartsWith("*.", StringComparison.Ordinal) && host.Length >= Hostname.Length && host.EndsWith(Hostname[1..], StringComparison.OrdinalIgnoreCase));
    }
}
