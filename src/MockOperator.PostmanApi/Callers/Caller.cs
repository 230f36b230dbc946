using MockOperator.Client.Connections;

namespace MockOperator.PostmanApi.Callers;

/// <summary>Who asks, and the cluster as they see it.</summary>
/// <param name="cluster">The cluster, with the rights of the caller.</param>
/// <param name="fingerprint">A hash of the key, by which what is remembered of a caller is found. It does not lead back to the key.</param>
/// <param name="home">The namespace that is meant where none is named.</param>
/// <param name="name">Who it is, for people; not verified.</param>
/// <param name="isOurs">Whether the cluster is disposed of with this.</param>
internal sealed class Caller(MockCluster cluster, string fingerprint, string home, string name, bool isOurs) : IDisposable
{
    public MockCluster Cluster => cluster;

    public string Fingerprint => fingerprint;

    public string Home => home;

    public string Name => name;

    public void Dispose()
    {
        if (isOurs)
            cluster.Dispose();
    }
}
