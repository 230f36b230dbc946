using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Operator;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using Prometheus;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>The operator in this process, at the real API server, for one namespace. It reaches pods through the API server's proxy.</summary>
internal sealed class OperatorInProcess : IAsyncDisposable
{
    private readonly IHost host;
    private readonly string keyFile;
    private readonly CollectorRegistry registry;

    private OperatorInProcess(IHost host, string keyFile, CollectorRegistry registry) => (this.host, this.keyFile, this.registry) = (host, keyFile, registry);

    public static async Task<OperatorInProcess> StartAsync(TestCluster cluster, MockSpace space, WriteLedger ledger, TimeProvider? clock = null)
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
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        var measured = Metrics.NewCustomRegistry();
        builder.Services.AddSingleton(new OperatorMetrics(measured));
        builder.Services.AddMockOperator(options, settings =>
            settings.Transport = _ => ApiTransport.Connect(cluster.Configuration, _ => ledger.Handler()));
        var built = builder.Build();
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new OperatorInProcess(built, key, measured);
    }

    /// <summary>How often mocks have been looked at, by the operator's own metrics.</summary>
    public async Task<double> LooksAsync()
    {
        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n')
            .Where(line => line.StartsWith("controller_runtime_reconcile_total{controller=\"mockserver\"", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
        File.Delete(keyFile);
    }
}
