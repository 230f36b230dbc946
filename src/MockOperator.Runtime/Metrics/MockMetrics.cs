using Prometheus;

namespace MockOperator.Runtime.Metrics;

/// <summary>All metrics of a runtime, in a registry of its own.</summary>
internal sealed class MockMetrics
{
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();

    /// <summary>Registers the metrics, those of the process among them.</summary>
    public MockMetrics()
    {
        DotNetStats.Register(_registry);
        MetricFactory factory = Prometheus.Metrics.WithCustomRegistry(_registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        Requests = factory.CreateCounter("mock_requests_total", "Requests answered.", ["mock", "code", "outcome"]);
        Duration = factory.CreateHistogram(
            "mock_request_duration_seconds",
            "Time from the head of a request to its answer, injected delay left out.",
            ["mock"],
            new HistogramConfiguration { Buckets = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5] });
        InjectedDelay = factory.CreateCounter("mock_injected_delay_seconds_total", "Delay that was injected on purpose.", ["mock"]);
        Examples = factory.CreateGauge("mock_examples", "Examples that are served.", ["mock"]);
        Reloads = factory.CreateCounter("mock_reloads_total", "Attempts to replace the content.", ["mock", "result"]);
        KeyRequests = factory.CreateCounter("mock_api_key_requests_total", "Requests admitted by a key, by the name of its entry.", ["mock", "key"]);
        Info = factory.CreateGauge("mock_info", "1; the label says which revision is served.", ["mock", "revision"]);
    }

    internal Counter Requests { get; }

    internal Histogram Duration { get; }

    internal Counter InjectedDelay { get; }

    internal Gauge Examples { get; }

    internal Counter Reloads { get; }

    internal Counter KeyRequests { get; }

    internal Gauge Info { get; }

    /// <summary>Prepares the metrics of one mock.</summary>
    /// <param name="mock">The label <c>mock</c>.</param>
    public MockInstruments For(string mock) => new(this, mock);

    /// <summary>Writes everything in the Prometheus text format.</summary>
    public Task WriteAsync(Stream output, CancellationToken cancellation) => _registry.CollectAndExportAsTextAsync(output, cancellation);

    internal static string Word(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Matched => "matched",
        RequestOutcome.NoMatch => "no_match",
        RequestOutcome.NoExample => "no_example",
        RequestOutcome.ServerResponse => "server_response",
        RequestOutcome.Explained => "explained",
        RequestOutcome.Unauthorized => "unauthorized",
        RequestOutcome.Rejected => "rejected",
        RequestOutcome.Aborted => "aborted",
        _ => "error",
    };
}
