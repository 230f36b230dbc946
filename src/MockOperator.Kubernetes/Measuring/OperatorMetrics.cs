using MockOperator.Kubernetes.Queueing;
using Prometheus;

namespace MockOperator.Kubernetes.Measuring;

/// <summary>
/// The metrics of the toolkit, under the names that controller-runtime and client-go made customary, so that dashboards and alerts made for them work. Labels are
/// kinds, controllers, verbs and codes: never names of objects, so their number is bounded.
/// </summary>
public sealed class OperatorMetrics
{
    private static readonly double[] ReconcileSeconds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60];

    private readonly Histogram _queueSeconds;
    private readonly Histogram _workSeconds;
    private readonly Gauge _depth;
    private readonly Counter _adds;
    private readonly Counter _retries;
    private readonly Gauge _unfinished;
    private readonly Gauge _longest;
    private readonly Counter _requests;
    private readonly Histogram _requestSeconds;

    /// <summary>Registers all metrics.</summary>
    /// <param name="registry">Where; null for the process's registry.</param>
    public OperatorMetrics(CollectorRegistry? registry = null)
    {
        Registry = registry ?? Metrics.DefaultRegistry;
        var make = Metrics.WithCustomRegistry(Registry);
        Reconciles = make.CreateCounter("controller_runtime_reconcile_total", "Reconciles by outcome.", "controller", "result");
        ReconcileErrors = make.CreateCounter("controller_runtime_reconcile_errors_total", "Reconciles that failed.", "controller");
        TerminalErrors = make.CreateCounter("controller_runtime_terminal_reconcile_errors_total", "Reconciles that no retry can help.", "controller");
        Panics = make.CreateCounter("controller_runtime_reconcile_panics_total", "Reconciles that ended in an unexpected fault.", "controller");
        Timeouts = make.CreateCounter("controller_runtime_reconcile_timeouts_total", "Reconciles that took too long.", "controller");
        ReconcileDuration = make.CreateHistogram(
            "controller_runtime_reconcile_time_seconds", "Length of reconciles.", ["controller"], new HistogramConfiguration { Buckets = ReconcileSeconds });
        MaxConcurrent = make.CreateGauge("controller_runtime_max_concurrent_reconciles", "Number of workers.", "controller");
        ActiveWorkers = make.CreateGauge("controller_runtime_active_workers", "Workers that are at work.", "controller");

        string[] queue = ["name", "controller"];
        _depth = make.CreateGauge("workqueue_depth", "Keys that wait.", queue);
        _adds = make.CreateCounter("workqueue_adds_total", "Keys added.", queue);
        _retries = make.CreateCounter("workqueue_retries_total", "Keys added after a failure.", queue);
        var tenfold = new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(1e-8, 10, 12) };
        _queueSeconds = make.CreateHistogram("workqueue_queue_duration_seconds", "How long keys wait.", queue, tenfold);
        _workSeconds = make.CreateHistogram("workqueue_work_duration_seconds", "How long keys are worked on.", queue, tenfold);
        _unfinished = make.CreateGauge("workqueue_unfinished_work_seconds", "Work under way, in seconds spent.", queue);
        _longest = make.CreateGauge("workqueue_longest_running_processor_seconds", "The longest work under way.", queue);

        MasterStatus = make.CreateGauge("leader_election_master_status", "Whether this process leads.", "name");
        SlowPath = make.CreateCounter("leader_election_slowpath_total", "Renewals that needed a read.", "name");
        _requests = make.CreateCounter("rest_client_requests_total", "Requests to the API.", "code", "method", "host");
        _requestSeconds = make.CreateHistogram("rest_client_request_duration_seconds", "Length of requests to the API.", "verb", "host");

        WatchRestarts = make.CreateCounter("operator_watch_restarts_total", "Watches begun anew.", "kind", "reason");
        WatchAge = make.CreateGauge("operator_watch_last_event_age_seconds", "Time since a watch last moved.", "kind");
        StoreObjects = make.CreateGauge("operator_store_objects", "Objects kept in memory.", "kind");
        UnreadableObjects = make.CreateCounter("operator_unreadable_objects_total", "Objects that could not be read.", "kind");
        ApplySkipped = make.CreateCounter("operator_apply_skipped_total", "Applies left out because nothing differs.", "kind");
        Conflicts = make.CreateCounter("operator_conflicts_total", "Writes that met a newer version.", "kind");
        StaleReads = make.CreateCounter("operator_stale_reads_total", "Reconciles begun although a store had not seen the last write.", "kind");
        EventsDropped = make.CreateCounter("operator_events_dropped_total", "Events not published.");
    }

    /// <summary>Where the metrics are registered.</summary>
    public CollectorRegistry Registry { get; }

    /// <summary>Applies left out because nothing differs, by kind.</summary>
    public Counter ApplySkipped { get; }

    internal Counter Reconciles { get; }

    internal Counter ReconcileErrors { get; }

    internal Counter TerminalErrors { get; }

    internal Counter Panics { get; }

    internal Counter Timeouts { get; }

    internal Histogram ReconcileDuration { get; }

    internal Gauge MaxConcurrent { get; }

    internal Gauge ActiveWorkers { get; }

    internal Gauge MasterStatus { get; }

    internal Counter SlowPath { get; }

    internal Counter WatchRestarts { get; }

    internal Gauge WatchAge { get; }

    internal Gauge StoreObjects { get; }

    internal Counter UnreadableObjects { get; }

    internal Counter Conflicts { get; }

    internal Counter StaleReads { get; }

    internal Counter EventsDropped { get; }

    internal void RecordRequest(string method, string code, string host, TimeSpan elapsed)
    {
        _requests.WithLabels(code, method, host).Inc();
        _requestSeconds.WithLabels(method, host).Observe(elapsed.TotalSeconds);
    }

    /// <summary>Makes a controller's series exist, so that rates are right from the first scrape, and observes its queue.</summary>
    internal IWorkQueueObserver Controller(string name, int workers)
    {
        foreach (var result in new[] { "success", "error", "requeue", "requeue_after" })
            Reconciles.WithLabels(name, result).Publish();
        foreach (var counter in new[] { ReconcileErrors, TerminalErrors, Panics, Timeouts })
            counter.WithLabels(name).Publish();
        ActiveWorkers.WithLabels(name).Set(0);
        MaxConcurrent.WithLabels(name).Set(workers);
        return new QueueMetrics(_depth.WithLabels(name, name), _adds.WithLabels(name, name), _retries.WithLabels(name, name), _queueSeconds.WithLabels(name, name), _workSeconds.WithLabels(name, name));
    }

    /// <summary>Shows a queue's unfinished work at each scrape.</summary>
    internal void Watch<TKey>(string name, WorkQueue<TKey> queue)
        where TKey : notnull =>
        Registry.AddBeforeCollectCallback(() =>
        {
            var (total, longest) = queue.UnfinishedWork();
            _unfinished.WithLabels(name, name).Set(total.TotalSeconds);
            _longest.WithLabels(name, name).Set(longest.TotalSeconds);
        });

    private sealed class QueueMetrics(Gauge.Child depth, Counter.Child adds, Counter.Child retries, Histogram.Child waited, Histogram.Child worked) : IWorkQueueObserver
    {
        public void Added(int depthNow)
        {
            adds.Inc();
            depth.Set(depthNow);
        }

        public void Taken(int depthNow, TimeSpan time)
        {
            depth.Set(depthNow);
            waited.Observe(time.TotalSeconds);
        }

        public void Finished(TimeSpan time) => worked.Observe(time.TotalSeconds);

        public void Retried() => retries.Inc();
    }
}
