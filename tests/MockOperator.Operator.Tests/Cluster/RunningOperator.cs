using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Operator.Allowances;
using MockOperator.Operator.Control;
using MockOperator.Operator.Exposure;
using Prometheus;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>The whole operator, run against a fake cluster.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    private static readonly string Key = new('k', 64);

    private readonly IHost _host;
    private readonly string _keyFile;
    private readonly CollectorRegistry _registry;

    private RunningOperator(IHost host, string keyFile, CollectorRegistry registry)
    {
        _registry = registry;
        _host = host;
        _keyFile = keyFile;
    }

    public static async Task<RunningOperator> StartAsync(FakeCluster cluster, FakeKubelet kubelet, ControlVia via = ControlVia.Direct, TimeProvider? clock = null, UserAllowances? allowances = null, bool hasKey = true, IQuotaCourier? quotas = null, ExposureSettings? exposure = null)
    {
        string keyFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(keyFile, hasKey ? Key : "");
        var options = new OperatorOptions { LeaderElection = false, ControlVia = via, ControlKey = new ControlKeyOptions { File = keyFile }, Allowances = allowances ?? new(), Exposure = exposure ?? new(null) };
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddMockOperator(options, settings =>
            settings.Transport = _ => new ApiTransport(new Uri("http://cluster"), _ => new Shared(cluster)));
        builder.Services.AddSingleton<IPodDialer>(kubelet);
        builder.Services.AddSingleton(clock ?? new SlowClock());
        CollectorRegistry registry = Metrics.NewCustomRegistry();
        builder.Services.AddSingleton(new OperatorMetrics(registry));
        if (via == ControlVia.Direct)
        {
            builder.Services.AddSingleton<IBundleCourier>(kubelet);
            builder.Services.AddSingleton(quotas ?? kubelet);
        }

        IHost host = builder.Build();
        await host.StartAsync();
        return new RunningOperator(host, keyFile, registry);
    }

    /// <summary>Mounts the control key of an operator that was started without.</summary>
    public Task MountKeyAsync() => File.WriteAllTextAsync(_keyFile, Key);

    /// <summary>The operator's metrics, line by line.</summary>
    public async Task<string[]> MetricsAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n');
    }

    /// <summary>How often mocks have been looked at, by the operator's own metrics.</summary>
    public async Task<double> LooksAsync() => (await MetricsAsync())
        .Where(static line => line.StartsWith("controller_runtime_reconcile_total{controller=\"mockserver\"", StringComparison.Ordinal))
        .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>A part of the operator.</summary>
    public T Part<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();

        // Not Dispose, which would block this thread for work that may need it.
        await ((IAsyncDisposable)_host).DisposeAsync();
        File.Delete(_keyFile);
    }

    /// <summary>The fake outlives the operator that connects to it.</summary>
    private sealed class Shared(FakeCluster cluster) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(cluster, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);
    }
}
