using MockOperator.Runtime.Connections;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Quotas;
using Prometheus;

namespace MockOperator.Runtime.Metrics;

/// <summary>All metrics of a runtime, in a registry of its own.</summary>
internal sealed class MockMetrics
{
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly Gauge _memory;
    private readonly Gauge _memoryPeak;
    private readonly Gauge _memoryLimit;
    private readonly Counter _memoryRefused;
    private readonly Gauge _connections;
    private readonly Counter _evicted;
    private readonly Counter _refused;

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
        _memory = factory.CreateGauge("mock_memory_bytes", "Bytes held of bodies that clients send (request), of long heads (head), of answers (response) and of remembered calls (call).", ["of"]);
        _memoryPeak = factory.CreateGauge("mock_memory_peak_bytes", "Most bytes that were held so far.", ["of"]);
        _memoryLimit = factory.CreateGauge("mock_memory_limit_bytes", "Most bytes that may be held.", ["of"]);
        _memoryRefused = factory.CreateCounter("mock_memory_refused_total", "Times that bytes were refused because the limit was reached.", ["of"]);
        _connections = factory.CreateGauge("mock_connections", "Open connections.", ["port"]);
        _evicted = factory.CreateCounter("mock_connections_evicted_total", "Connections closed to make room, because their clients had been waited for longest.", ["port"]);
        _refused = factory.CreateCounter("mock_connections_refused_total", "Connections turned away, because there was something to do for every other.", ["port"]);
        Limited = factory.CreateCounter("mock_calls_refused_total", "Calls refused by a limit: rate_limit, quota, or no_grant when the operator granted nothing.", ["mock", "reason"]);
        Quotas = new QuotaGauges(factory);
        _registry.AddBeforeCollectCallback(Quotas.Update);
        Sent = new ExampleCounters(factory);
        _registry.AddBeforeCollectCallback(Sent.Update);
        RequestBytes = factory.CreateCounter("mock_request_body_bytes_total", "Bytes of the bodies of requests, as announced or as read.", ["mock"]);
        ResponseBytes = factory.CreateCounter("mock_response_body_bytes_total", "Bytes of the bodies of answers.", ["mock"]);
        LoadedAt = factory.CreateGauge("mock_content_loaded_timestamp_seconds", "When the content that is served was loaded, in seconds since 1970.", ["mock"]);
        Info = factory.CreateGauge("mock_info", "1; the label says which revision is served.", ["mock", "revision"]);
    }

    internal Counter Requests { get; }

    internal Histogram Duration { get; }

    internal Counter InjectedDelay { get; }

    internal Gauge Examples { get; }

    internal Counter Reloads { get; }

    internal Counter KeyRequests { get; }

    internal Counter Limited { get; }

    internal QuotaGauges Quotas { get; }

    internal ExampleCounters Sent { get; }

    internal Counter RequestBytes { get; }

    internal Counter ResponseBytes { get; }

    internal Gauge LoadedAt { get; }

    internal Gauge Info { get; }

    /// <summary>Prepares the metrics of one mock.</summary>
    /// <param name="mock">The label <c>mock</c>.</param>
    public MockInstruments For(string mock) => new(this, mock);

    /// <summary>Tells of the connections of a port whenever the metrics are asked for.</summary>
    /// <param name="port">The label <c>port</c>.</param>
    /// <param name="table">Its connections.</param>
    public void Watch(string port, ConnectionTable table)
    {
        Gauge.Child open = _connections.WithLabels(port);
        Counter.Child evicted = _evicted.WithLabels(port);
        Counter.Child refused = _refused.WithLabels(port);
        _registry.AddBeforeCollectCallback(() =>
        {
            open.Set(table.Count);
            evicted.IncTo(table.Evicted);
            refused.IncTo(table.Refused);
        });
    }

    /// <summary>Tells of a budget whenever the metrics are asked for.</summary>
    /// <param name="of">The label <c>of</c>.</param>
    /// <param name="budget">The budget.</param>
    public void Watch(string of, MemoryBudget budget)
    {
        Gauge.Child used = _memory.WithLabels(of);
        Gauge.Child peak = _memoryPeak.WithLabels(of);
        Counter.Child refused = _memoryRefused.WithLabels(of);
        _memoryLimit.WithLabels(of).Set(budget.Limit);
        _registry.AddBeforeCollectCallback(() =>
        {
            used.Set(budget.Used);
            peak.Set(budget.Peak);
            refused.IncTo(budget.Refused);
        });
    }

    /// <summary>Writes everything.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="format">OpenMetrics, or the text format of Prometheus.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task WriteAsync(Stream output, ExpositionFormat format, CancellationToken cancellation) => _registry.CollectAndExportAsTextAsync(output, format, cancellation);

    internal static string Word(LimitReason reason) => reason switch
    {
        LimitReason.RateLimit => "rate_limit",
        LimitReason.Quota => "quota",
        _ => "no_grant",
    };

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
