namespace MockOperator.Kubernetes.Connections;

/// <summary>In whose name requests are made, if the caller may (<c>as</c> of a kubeconfig, <c>--as</c> of kubectl).</summary>
/// <param name="User">The user.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Uid">The UID; null for none.</param>
/// <param name="Extra">More about the user.</param>
public sealed record Impersonation(string User, IReadOnlyList<string> Groups, string? Uid, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    /// <summary>Makes a handler that puts the headers on each request.</summary>
    /// <returns>A new one, without an inner handler.</returns>
    public DelegatingHandler CreateHandler() => new Impersonating(this);

    private sealed class Impersonating(Impersonation who) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("Impersonate-User", who.User);
            if (who.Uid is not null)
                request.Headers.TryAddWithoutValidation("Impersonate-Uid", who.Uid);
            foreach (var group in who.Groups)
                request.Headers.TryAddWithoutValidation("Impersonate-Group", group);
            foreach (var (name, values) in who.Extra)
                request.Headers.TryAddWithoutValidation($"Impersonate-Extra-{Uri.EscapeDataString(name)}", values);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
