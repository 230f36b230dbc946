using MockOperator.Cluster.Tests.Faults;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(OneAfterTheOther))]

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>
/// What needs the cluster for itself comes when everything else is over: what the operator's pods were refused in all that time is looked at, then pods are killed, then the API server
/// (which refuses everybody when it is back, until it has read its roles), and then the pods are taken away for operators in this process and for one that
/// the chart installs; at last the operator is uninstalled, and everything with it.
/// </summary>
public sealed class OneAfterTheOther : ITestCollectionOrderer
{
    public const string Rights = "1. What the operator was refused";
    public const string Guides = "1b. Guides, whose readers delete a namespace: what the operator still wants to write there is refused";
    public const string Pods = "2. Pods are killed, those of the operator too";
    public const string ApiServer = "3. The API server is killed";
    public const string InProcess = "4. Operators in this process";
    public const string Chart = "5. An operator that the chart installs";
    public const string Uninstall = "6. Everything is taken away";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName is Rights or Guides or Pods or ApiServer or InProcess or Chart or Uninstall ? collection.TestCollectionDisplayName : "", StringComparer.Ordinal)];
}

[CollectionDefinition(OneAfterTheOther.ApiServer, DisableParallelization = true)]
public sealed class ApiServerCollection;

[CollectionDefinition(OneAfterTheOther.Guides, DisableParallelization = true)]
public sealed class GuidesCollection;

[CollectionDefinition(OneAfterTheOther.Pods, DisableParallelization = true)]
public sealed class PodsCollection;

[CollectionDefinition(OneAfterTheOther.Rights, DisableParallelization = true)]
public sealed class RightsCollection;

[CollectionDefinition(OneAfterTheOther.InProcess, DisableParallelization = true)]
public sealed class InProcessCollection : ICollectionFixture<OperatorAway>;

[CollectionDefinition(OneAfterTheOther.Chart, DisableParallelization = true)]
public sealed class ChartCollection : ICollectionFixture<OperatorAway>;

[CollectionDefinition(OneAfterTheOther.Uninstall, DisableParallelization = true)]
public sealed class UninstallCollection;
