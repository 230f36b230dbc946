using System.Net;
using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Authentication;

namespace MockOperator.Kubernetes.Connections;

/// <summary>Finds server and credentials as kubectl does. Where no kubeconfig says anything, a pod's own account serves.</summary>
/// <remarks>
/// The package's own reader takes one certificate of a bundle, joins the arguments of a credential plugin to one text, runs it twice, looks for the files of a second kubeconfig in the folder of the
/// first, fails when one of several is missing, and knows neither <c>proxy-url</c>, <c>tokenFile</c> nor <c>as</c>.
/// </remarks>
public static class Kubeconfig
{
    /// <summary>Reads it.</summary>
    /// <param name="file">The one file to read; null for those of <c>KUBECONFIG</c>, or <c>~/.kube/config</c>.</param>
    /// <param name="context">Which context; null for the current one.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <param name="time">The clock by which credentials expire.</param>
    /// <exception cref="KubeconfigException">There is none, or it cannot be used. No credential is quoted.</exception>
    public static ClusterConnection Read(string? file, string? context, Func<string, string?> variable, TimeProvider time)
    {
        var files = KubeconfigFiles.Read(file, variable);
        if ((context ?? files.CurrentContext) is not { } name)
        {
            return !files.Any && KubernetesClientConfiguration.IsInCluster()
                ? new ClusterConnection(KubernetesClientConfiguration.InClusterConfig())
                : throw (files.Any
                    ? new KubeconfigException($"The kubeconfig has no current context{Known(files)}. Choose one with `kubectl config use-context`.") { Lack = KubeconfigLack.Context }
                    : new KubeconfigException("There is no kubeconfig. Name one with KUBECONFIG, or write ~/.kube/config as your cluster's provider says. In a pod, let the token of its ServiceAccount be mounted.") { Lack = KubeconfigLack.File });
        }

        var entry = files.Context(name) ?? throw new KubeconfigException($"The kubeconfig has no context {name}{Known(files)}.");
        var (cluster, clusterFolder) = files.Cluster(entry.Cluster) ?? throw new KubeconfigException($"The context {name} of the kubeconfig names the cluster {entry.Cluster}, which is not there.");
        var configuration = new KubernetesClientConfiguration { Namespace = entry.Namespace };
        try
        {
            SetCluster(configuration, name, cluster, clusterFolder);
            if (string.IsNullOrEmpty(entry.User))
                return new ClusterConnection(configuration);
            var (user, userFolder) = files.User(entry.User) ?? throw new KubeconfigException($"The context {name} of the kubeconfig names the user {entry.User}, who is not there.");
            SetUser(configuration, entry.User, user, userFolder, Told(cluster, configuration), time);
            return new ClusterConnection(configuration, Who(user));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"What the context {name} of the kubeconfig names cannot be used: {e.Message}", e);
        }
    }

    private static string Known(KubeconfigFiles files) => files.Contexts.Take(10).ToList() is { Count: > 0 } names ? $" (there are: {string.Join(", ", names)})" : "";

    private static void SetCluster(KubernetesClientConfiguration configuration, string context, KubeconfigDocument.ClusterEntry cluster, string folder)
    {
        var server = cluster.Server is { } text && !text.Contains("://", StringComparison.Ordinal) ? $"https://{text}" : cluster.Server;
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new KubeconfigException($"The context {context} of the kubeconfig has no server that is an address of https or http.");
        configuration.Host = address.AbsoluteUri;
        configuration.SkipTlsVerify = cluster.InsecureSkipTlsVerify;
        configuration.TlsServerName = cluster.TlsServerName;
        if (cluster.CertificateAuthorityData is { Length: > 0 } data)
        {
            configuration.SslCaCerts = [];
            configuration.SslCaCerts.ImportFromPem(Encoding.ASCII.GetString(data));
        }
        else if (!string.IsNullOrEmpty(cluster.CertificateAuthority))
        {
            configuration.SslCaCerts = [];
            configuration.SslCaCerts.ImportFromPemFile(Path.Combine(folder, cluster.CertificateAuthority));
        }

        if (configuration.SslCaCerts is { Count: 0 })
            throw new KubeconfigException($"The certificate authority of the context {context} of the kubeconfig holds no certificate in PEM.");
        if (string.IsNullOrEmpty(cluster.ProxyUrl))
            return;
        if (!Uri.TryCreate(cluster.ProxyUrl, UriKind.Absolute, out var proxy))
            throw new KubeconfigException($"The proxy-url of the context {context} of the kubeconfig is no address.");
        configuration.FirstMessageHandlerSetup = handler => (handler.Proxy, handler.UseProxy) = (new WebProxy(proxy), true);
    }

    private static void SetUser(
        KubernetesClientConfiguration configuration, string name, KubeconfigDocument.UserEntry user, string folder, ExecCredential.Target cluster, TimeProvider time)
    {
        if (!string.IsNullOrEmpty(user.ClientCertificateData) || !string.IsNullOrEmpty(user.ClientCertificate))
        {
            configuration.ClientCertificateData = Pem(user.ClientCertificateData, user.ClientCertificate, folder);
            configuration.ClientCertificateKeyData = Pem(user.ClientKeyData, user.ClientKey, folder)
                ?? throw new KubeconfigException($"The user {name} of the kubeconfig has a client certificate without its key.");
        }

        if (!string.IsNullOrEmpty(user.TokenFile))
        {
            configuration.TokenProvider = new TokenFileAuth(Path.Combine(folder, user.TokenFile));
        }
        else if (!string.IsNullOrEmpty(user.Token))
        {
            configuration.AccessToken = user.Token;
        }
        else if (!string.IsNullOrEmpty(user.Username))
        {
            (configuration.Username, configuration.Password) = (user.Username, user.Password);
        }
        else if (user.Exec is not null)
        {
            Ask(configuration, new CredentialPlugin(user.Exec, cluster, folder, time));
        }
        else if (user.AuthProvider is not null && configuration.ClientCertificateData is null)
        {
            throw new KubeconfigException($"The user {name} of the kubeconfig has the auth-provider {user.AuthProvider.Name}, which kubectl no longer knows either. Renew the kubeconfig: it names a credential plugin then.");
        }
    }

    private static void Ask(KubernetesClientConfiguration configuration, CredentialPlugin plugin)
    {
        var answer = plugin.Ask();
        if (!string.IsNullOrEmpty(answer.Token))
            configuration.TokenProvider = plugin;
        if (string.IsNullOrEmpty(answer.ClientCertificateData) || string.IsNullOrEmpty(answer.ClientKeyData))
            return;
        configuration.ClientCertificateData = Base64(answer.ClientCertificateData);
        configuration.ClientCertificateKeyData = Base64(answer.ClientKeyData);
    }

    private static string? Pem(string? data, string? file, string folder) =>
        !string.IsNullOrEmpty(data) ? data : string.IsNullOrEmpty(file) ? null : Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, file)));

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));

    private static ExecCredential.Target Told(KubeconfigDocument.ClusterEntry cluster, KubernetesClientConfiguration configuration) => new()
    {
        Server = configuration.Host,
        TlsServerName = cluster.TlsServerName,
        InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
        CertificateAuthorityData = configuration.SslCaCerts is { } trusted ? Encoding.ASCII.GetBytes(trusted.ExportCertificatePems()) : null,
        ProxyUrl = cluster.ProxyUrl,
    };

    private static Impersonation? Who(KubeconfigDocument.UserEntry user) => string.IsNullOrEmpty(user.As)
        ? null
        : new Impersonation(user.As, user.AsGroups ?? [], user.AsUid, user.AsUserExtra ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
}
