using MockOperator.Kinds;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Stores;
using MockOperator.Resources;
using Prometheus;

namespace MockOperator.Operator.Measuring;

/// <summary>
/// What mocks and quotas say of themselves, as metrics: looked up in the stores when somebody asks, by every operator, leading or not. No label comes from anything but the names of objects and the
/// closed sets of conditions and reasons.
/// </summary>
public sealed class StateMetrics : IHostedService
{
    private static readonly string[] s_readiness = ["True", "False", "Unknown"];

    private readonly Lock _gate = new();
    private readonly CollectorRegistry _registry;
    private readonly OperatorStores _stores;
    private readonly Gauge _mocks;
    private readonly LiveGauge _trouble;
    private readonly LiveGauge _limit;
    private readonly LiveGauge _used;
    private readonly LiveGauge _remaining;
    private readonly LiveGauge _reset;

    /// <summary>Registers them.</summary>
    /// <param name="metrics">Where.</param>
    /// <param name="stores">Where they are looked up.</param>
    public StateMetrics(OperatorMetrics metrics, OperatorStores stores)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _stores = stores;
        MetricFactory make = Metrics.WithCustomRegistry(metrics.Registry);
        string[] quota = ["namespace", "quota"];
        _mocks = make.CreateGauge("mock_operator_mocks", "MockServers by the status of their condition Ready.", ["ready"]);
        _trouble = new(make.CreateGauge("mock_operator_mock_trouble", "1 for each condition of a MockServer that is not True.", ["namespace", "mock", "condition", "reason"]));
        _limit = new(make.CreateGauge("mock_operator_quota_limit_calls", "Calls that a MockQuota allows in its period.", quota));
        _used = new(make.CreateGauge("mock_operator_quota_used_calls", "Calls that were counted in the period.", quota));
        _remaining = new(make.CreateGauge("mock_operator_quota_remaining_calls", "Calls that are left in the period, those that pods hold among them.", quota));
        _reset = new(make.CreateGauge("mock_operator_quota_reset_timestamp_seconds", "When the period ends, in seconds since 1970.", quota));
        _registry = metrics.Registry;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registry.AddBeforeCollectCallback(Update);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Update()
    {
        lock (_gate)
        {
            IReadOnlyCollection<MockServer> mocks = [.. _stores.Mocks.List()];
            ILookup<string, MockServer> byReadiness = mocks.ToLookup(static mock => Ready(mock), StringComparer.Ordinal);
            foreach (string readiness in s_readiness)
            {
                _mocks.WithLabels(readiness).Set(byReadiness[readiness].Count());
            }

            _trouble.Set(mocks.SelectMany(static mock => Trouble(mock)));
            List<MockQuota> quotas = [.. _stores.Quotas.List().Where(static quota => quota.Status?.Limit is not null)];
            _limit.Set(Of(quotas, static status => status.Limit));
            _used.Set(Of(quotas, static status => status.Used));
            _remaining.Set(Of(quotas, static status => status.Remaining));
            _reset.Set(Of(quotas, static status => status.ResetsAt?.ToUnixTimeSeconds()));
        }
    }

    private static string Ready(MockServer mock) =>
        mock.Status?.Conditions?.FirstOrDefault(static condition => condition.Type == SummaryConditions.Ready)?.Status.ToString() is { } status && s_readiness.Contains(status, StringComparer.Ordinal) ? status : "Unknown";

    private static IEnumerable<(string[] Labels, double Value)> Trouble(MockServer mock) =>
        from condition in mock.Status?.Conditions ?? []
        where condition.Status != ConditionStatus.True && condition.Reason != SummaryConditions.Pending
        select (new[] { mock.Metadata.NamespaceProperty, mock.Metadata.Name, condition.Type, condition.Reason }, 1.0);

    private static IEnumerable<(string[] Labels, double Value)> Of(List<MockQuota> quotas, Func<MockQuotaStatus, long?> value) =>
        quotas.Select(quota => (new[] { quota.Metadata.NamespaceProperty, quota.Metadata.Name }, (double)(value(quota.Status!) ?? 0)));
}
