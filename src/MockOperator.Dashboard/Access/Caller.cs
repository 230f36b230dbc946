using MockOperator.Client.Connections;

namespace MockOperator.Dashboard.Access;

/// <summary>Who makes a request, for the length of that request.</summary>
/// <param name="cluster">The cluster as the caller sees it.</param>
/// <param name="ownsCluster">Whether the cluster ends with the request.</param>
internal sealed class Caller(MockCluster cluster, bool ownsCluster) : IDisposable
{
    /// <summary>The cluster as the caller sees it.</summary>
    public MockCluster Cluster => cluster;

    /// <summary>The caller's name for people. Nobody has proved it: the API server knows callers by their credentials.</summary>
    public required string Name { get; init; }

    /// <summary>Tells callers apart in what is remembered for them. Says nothing of their credentials.</summary>
    public required string Id { get; init; }

    /// <summary>The namespace that is shown when none was chosen; empty for all.</summary>
    public required string Namespace { get; init; }

    /// <summary>What the tokens of the session's forms are made from.</summary>
    public required ReadOnlyMemory<byte> FormSecret { get; init; }

    /// <summary>Whether there is a session that can be ended.</summary>
    public bool CanSignOut { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsCluster)
            cluster.Dispose();
    }
}
