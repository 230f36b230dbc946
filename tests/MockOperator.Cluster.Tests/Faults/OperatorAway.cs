using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>Takes the installed operator away, which would compete for the same mocks. It does not come back: what needs this comes last.</summary>
public sealed class OperatorAway(TestCluster cluster) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await new InstalledOperator(cluster).ScaleAsync(0);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
