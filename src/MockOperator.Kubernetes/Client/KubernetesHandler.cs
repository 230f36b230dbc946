namespace MockOperator.Kubernetes.Client;

/// <summary>The handler chain that KubernetesClient builds (TLS, client certificates, connection pool) as one handler, with another around it if wished.</summary>
internal sealed class KubernetesHandler : HttpMessageHandler
{
    private readonly k8s.Kubernetes _kubernetes;
    private readonly HttpMessageInvoker _invoker;

    public KubernetesHandler(k8s.Kubernetes kubernetes, DelegatingHandler? outermost)
    {
        _kubernetes = kubernetes;
        if (outermost is null)
        {
            _invoker = new HttpMessageInvoker(new InvokerHandler(kubernetes.HttpClient));
            return;
        }

        var innermost = outermost;
        while (innermost.InnerHandler is DelegatingHandler next)
            innermost = next;
        innermost.InnerHandler = new InvokerHandler(kubernetes.HttpClient);
        _invoker = new HttpMessageInvoker(outermost);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _invoker.Dispose();
            _kubernetes.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class InvokerHandler(HttpClient client) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            client.SendAsync(Copy(request), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        // An HttpClient sends a request message once only, and the one that this handler belongs to has marked this as sent.
        private static HttpRequestMessage Copy(HttpRequestMessage request)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri)
            {
                Content = request.Content,
                Version = request.Version,
                VersionPolicy = request.VersionPolicy,
            };
            foreach (var (name, values) in request.Headers.NonValidated)
                copy.Headers.TryAddWithoutValidation(name, values);
            return copy;
        }
    }
}
