using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>The operator in this process, at the real API server, for one namespace. It reaches pods through the API server's proxy.</summary>
internal sealed class OperatorInProcess : IAsyncDisposable
{
    private readonly IHost host;
    private readonly string keyFile;

    private OperatorInProcess(IHost host, string keyFile) => (this.host, this.keyFile) = (host, keyFile);

    public static async Task<OperatorInProcess> StartAsync(TestCluster cluster, MockSpace space, WriteLedger ledger)
    {
        var key = Path.GetTempFileName();
        // One key for all: an operator that comes after another knows the tokens of its mocks.
        await File.WriteAllTextAsync(key, new string('k', 64));
        var options = new OperatorOptions
        {
            Namespaces = [space.Name],
            LeaderElection = false,
            ControlVia = ControlVia.ApiServerProxy,
            ControlKey = new ControlKeyOptions { File = key },
            Runtime = new RuntimeSettings { Image = cluster.RuntimeImage },
        };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddMockOperator(options, settings =>
            settings.Transport = _ => ApiTransport.Connect(cluster.Configuration, _ => ledger.Handler()));
        var built = builder.Build();
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new OperatorInProcess(built, key);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
        File.Delete(keyFile);
    }
}
