using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;

namespace MockOperator.Kubernetes.Client;

/// <summary>The connections of a lane as a configuration wants them: whom to trust, who calls, and how long silence is borne.</summary>
/// <remarks>
/// KubernetesClient makes some as well, but only together with its client, which brings the JSON of all kinds there are into a program that is compiled ahead of time. And it takes a server's
/// certificate for another name, as long as the cluster's authority has signed it: here the name counts, as it does for kubectl.
/// </remarks>
internal static class ApiSockets
{
    /// <summary>Makes a handler. Nothing is sent yet.</summary>
    /// <param name="configuration">Trust, client certificate, proxy. Tokens and passwords are not for it.</param>
    public static HttpMessageHandler Create(KubernetesClientConfiguration configuration)
    {
        var sockets = new SocketsHttpHandler();
        configuration.FirstMessageHandlerSetup?.Invoke(sockets);
        sockets.EnableMultipleHttp2Connections = true;
        sockets.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        sockets.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        sockets.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
        sockets.ConnectTimeout = TimeSpan.FromSeconds(10);
        sockets.AutomaticDecompression = DecompressionMethods.All;
        // Callers may share a handler, and one's cookies are not another's.
        sockets.UseCookies = false;
        SetTrust(sockets.SslOptions, configuration);
        SetCertificate(sockets.SslOptions, configuration);
        return string.IsNullOrWhiteSpace(configuration.TlsServerName) ? sockets : new NamedServer(configuration.TlsServerName, sockets);
    }

    [SuppressMessage("Security", "CA5359", Justification = "Whoever wrote insecure-skip-tls-verify into a kubeconfig wants it so.")]
    private static void SetTrust(SslClientAuthenticationOptions tls, KubernetesClientConfiguration configuration)
    {
        if (configuration.SkipTlsVerify)
        {
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (configuration.SslCaCerts is { } authorities)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
    }

    private static void SetCertificate(SslClientAuthenticationOptions tls, KubernetesClientConfiguration configuration)
    {
        if (Pem(configuration.ClientCertificateData, configuration.ClientCertificateFilePath) is not { } certificate
            || Pem(configuration.ClientCertificateKeyData, configuration.ClientKeyFilePath) is not { } key)
            return;
        var own = X509Certificate2.CreateFromPem(certificate, key);
        // Windows takes no key that is in memory alone (https://github.com/dotnet/runtime/issues/23749).
        if (OperatingSystem.IsWindows())
            own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null, configuration.ClientCertificateKeyStoreFlags ?? X509KeyStorageFlags.DefaultKeySet);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        tls.ClientCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true);
    }

    private static string? Pem(string? base64, string? file) =>
        !string.IsNullOrWhiteSpace(file) ? File.ReadAllText(file) : !string.IsNullOrWhiteSpace(base64) ? Encoding.UTF8.GetString(Convert.FromBase64String(base64)) : null;

    /// <summary>A server that goes by another name than its address: the name that is asked for, and that its certificate must have.</summary>
    private sealed class NamedServer(string name, HttpMessageHandler sockets) : DelegatingHandler(sockets)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Host = name;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
