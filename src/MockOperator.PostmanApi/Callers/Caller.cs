using MockOperator.Client.Connections;

namespace MockOperator.PostmanApi.Callers;

/// <summary>Who asks, and the cluster as they see it.</summary>
/// <param name="cluster">The cluster, with the rights of the caller.</param>
/// <param name="fingerprint">A hash of the key, by which what is remembered of a caller is found. It does not lead back to the key.</param>
/// <param name="home">The namespace that is meant where none is named.</param>
/// <param name="name">Who it is, for people; not verified.</param>
/// <param name="isBearer">Whether the key is the token of the cluster; the connection is then of this request alone.</param>
internal sealed class Caller(MockCluster cluster, string fingerprint, string home, string name, bool isBearer) : IDisposable
{
    public MockCluster Cluster => cluster;

    public string Fingerprint => fingerprint;

    public string Home => home;

    public string Name => name;

    public bool IsBearer => isBearer;

    public void Dispose()
    {
        if (isBearer)
            cluster.Dispose();
    }
}
