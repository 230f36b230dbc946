using MockOperator.Kubernetes.Measuring;
using Prometheus;

namespace MockOperator.Operator.Quotas;

/// <summary>What keeping quotas costs: writes, grants, and exchanges with pods.</summary>
public sealed class QuotaCounters
{
    private readonly Counter _writes;
    private readonly Counter _grants;
    private readonly Counter.Child _answered;
    private readonly Counter.Child _failed;

    /// <summary>Registers the counters, once for each registry.</summary>
    /// <param name="metrics">Where.</param>
    public QuotaCounters(OperatorMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        MetricFactory make = Metrics.WithCustomRegistry(metrics.Registry);
        _writes = make.CreateCounter("mock_operator_quota_writes_total", "Times that the books of a quota were written.");
        _grants = make.CreateCounter("mock_operator_quota_grants_total", "Blocks of calls that were granted to pods.");
        Counter exchanges = make.CreateCounter("mock_operator_quota_exchanges_total", "Exchanges with pods about their quotas.", ["result"]);
        _answered = exchanges.WithLabels("answered");
        _failed = exchanges.WithLabels("failed");
    }

    /// <summary>Counts a write and what it granted.</summary>
    public void Wrote(int grants)
    {
        _writes.Inc();
        _grants.Inc(grants);
    }

    /// <summary>Counts an exchange.</summary>
    public void Exchanged(bool isAnswered) => (isAnswered ? _answered : _failed).Inc();
}
