using System.Security.Cryptography;
using System.Text;
using MockOperator.Client.Connections;

namespace MockOperator.PostmanApi.Callers;

/// <summary>Who may call the API, and as whom. Keys are kept nowhere: only a hash of one is.</summary>
public abstract class PostmanCallers
{
    private PostmanCallers()
    {
    }

    /// <summary>Everybody who has a token of the cluster: the key is a bearer token of Kubernetes, which the API server judges with each request.</summary>
    /// <param name="gate">The API server. Not disposed of.</param>
    /// <returns>The callers.</returns>
    public static PostmanCallers Bearers(ClusterGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return new OfGate(gate);
    }

    /// <summary>The owner of a kubeconfig, known by a key that was made for this process: nobody else of the machine, and no page in a browser, can call with the owner's rights.</summary>
    /// <param name="cluster">The cluster, with the owner's credentials. Not disposed of.</param>
    /// <param name="key">The key.</param>
    /// <param name="inNamespace">The namespace that is meant where none is named; null for the cluster's.</param>
    /// <returns>The callers.</returns>
    public static PostmanCallers Owner(MockCluster cluster, string key, string? inNamespace = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new OfKey(cluster, key, inNamespace ?? cluster.Namespace);
    }

    /// <summary>Lets a caller in; null when the key is known to be wrong.</summary>
    internal abstract Caller? Admit(string key);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private sealed class OfGate(ClusterGate gate) : PostmanCallers
    {
        internal override Caller? Admit(string key)
        {
            var token = TokenClaims.Read(key);
            var home = token.Namespace ?? "default";
            return new Caller(gate.For(key, home), BearerToken.Fingerprint(key), home, token.Name ?? "kubernetes", isBearer: true);
        }
    }

    private sealed class OfKey(MockCluster cluster, string key, string home) : PostmanCallers
    {
        private readonly byte[] _hash = Hash(key);

        internal override Caller? Admit(string shown) =>
            CryptographicOperations.FixedTimeEquals(Hash(shown), _hash) ? new Caller(cluster, "owner", home, "kubeconfig", isBearer: false) : null;
    }
}
