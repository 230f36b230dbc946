using MockOperator.Runtime.Access;
using MockOperator.Runtime.Quotas;
using Prometheus;

namespace MockOperator.Runtime.Metrics;

/// <summary>
/// The metrics of one mock, children prepared: counting a request is an array access and an interlocked addition. No label comes from a request: outcomes
/// and statuses are closed sets.
/// </summary>
internal sealed class MockInstruments
{
    private const int FirstStatus = 100;
    private const int Statuses = 500;
    private const double MillisecondsOfSecond = 1000;
    private readonly MockMetrics _metrics;
    private readonly string _mock;
    private readonly Counter.Child?[]?[] _requests = new Counter.Child?[]?[Enum.GetValues<RequestOutcome>().Length];
    private readonly Histogram.Child _duration;
    private readonly Counter.Child _delay;
    private readonly Gauge.Child _examples;
    private readonly Gauge.Child _loadedAt;
    private readonly Counter.Child _requestBytes;
    private readonly Counter.Child _responseBytes;
    private string? _revision;
    private KeyCounters _keys;

    internal MockInstruments(MockMetrics metrics, string mock)
    {
        _metrics = metrics;
        _mock = mock;
        _duration = metrics.Duration.WithLabels(mock);
        _delay = metrics.InjectedDelay.WithLabels(mock);
        _examples = metrics.Examples.WithLabels(mock);
        _loadedAt = metrics.LoadedAt.WithLabels(mock);
        _requestBytes = metrics.RequestBytes.WithLabels(mock);
        _responseBytes = metrics.ResponseBytes.WithLabels(mock);
        _keys = KeyCounters.None;
    }

    /// <summary>Counts a request that has ended.</summary>
    /// <param name="status">Status sent, 100 to 599.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="seconds">Time in this process without the injected delay.</param>
    public void Count(int status, RequestOutcome outcome, double seconds)
    {
        Child(status, outcome).Inc();
        _duration.Observe(seconds);
    }

    /// <summary>Adds the bytes of a request's body and of its answer's.</summary>
    public void Carried(long received, long sent)
    {
        if (received > 0)
        {
            _requestBytes.Inc(received);
        }

        if (sent > 0)
        {
            _responseBytes.Inc(sent);
        }
    }

    /// <summary>Adds a delay that was injected on purpose.</summary>
    public void Delayed(TimeSpan delay) => _delay.Inc(delay.TotalSeconds);

    /// <summary>Notes what is served now.</summary>
    /// <param name="revision">Names the content.</param>
    /// <param name="usage">Counts its examples.</param>
    /// <param name="now">The time.</param>
    public void Loaded(string revision, ExampleUsage usage, DateTimeOffset now)
    {
        _examples.Set(usage.Length);
        _loadedAt.Set(now.ToUnixTimeMilliseconds() / MillisecondsOfSecond);
        _metrics.Sent.Watch(_mock, usage);
        if (_revision != revision)
        {
            if (_revision is not null)
            {
                _metrics.Info.RemoveLabelled(_mock, _revision);
            }

            _revision = revision;
            _metrics.Info.WithLabels(_mock, revision).Set(1);
        }
    }

    /// <summary>Counts a request that a key admitted.</summary>
    public void Admitted(ApiKeyEntry key) => Volatile.Read(ref _keys).Count(key);

    /// <summary>Prepares the counters of the keys that are valid from now on; those of others are dropped.</summary>
    public void KeysLoaded(ApiKeyRing ring) => Volatile.Write(ref _keys, _keys.Follow(_metrics.KeyRequests, _mock, ring));

    /// <summary>Counts a call that a limit refused.</summary>
    public void Refused(LimitReason reason) => _metrics.Limited.WithLabels(_mock, MockMetrics.Word(reason)).Inc();

    /// <summary>Tells of the quotas of the mock from now on.</summary>
    public void Limited(CallMeter meter) => _metrics.Quotas.Watch(_mock, meter);

    /// <summary>Counts an attempt to replace the content.</summary>
    public void Reloaded(bool success) => _metrics.Reloads.WithLabels(_mock, success ? "success" : "failure").Inc();

    /// <summary>Takes the mock out of the metrics, when it is served no more.</summary>
    public void Remove()
    {
        foreach (string[] labels in _metrics.Requests.GetAllLabelValues().Where(labels => labels[0] == _mock).ToArray())
        {
            _metrics.Requests.RemoveLabelled(labels);
        }

        foreach (LimitReason reason in Enum.GetValues<LimitReason>())
        {
            _metrics.Limited.RemoveLabelled(_mock, MockMetrics.Word(reason));
        }

        _metrics.Quotas.Forget(_mock);
        _metrics.Sent.Forget(_mock);
        _metrics.RequestBytes.RemoveLabelled(_mock);
        _metrics.ResponseBytes.RemoveLabelled(_mock);
        _metrics.LoadedAt.RemoveLabelled(_mock);
        KeysLoaded(ApiKeyRing.Closed(""));
        _metrics.Duration.RemoveLabelled(_mock);
        _metrics.InjectedDelay.RemoveLabelled(_mock);
        _metrics.Examples.RemoveLabelled(_mock);
        _metrics.Reloads.RemoveLabelled(_mock, "success");
        _metrics.Reloads.RemoveLabelled(_mock, "failure");
        if (_revision is not null)
        {
            _metrics.Info.RemoveLabelled(_mock, _revision);
        }
    }

    private Counter.Child Child(int status, RequestOutcome outcome)
    {
        Counter.Child?[] byStatus = Volatile.Read(ref _requests[(int)outcome])
            ?? Interlocked.CompareExchange(ref _requests[(int)outcome], new Counter.Child?[Statuses], null)
            ?? _requests[(int)outcome]!;
        int index = Math.Clamp(status - FirstStatus, 0, Statuses - 1);
        return byStatus[index] ??= _metrics.Requests.WithLabels(_mock, (index + FirstStatus).ToString(), MockMetrics.Word(outcome));
    }
}
