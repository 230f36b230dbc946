using MockOperator.Resources;
using MockOperator.Runtime.Quotas;
using Prometheus;

namespace MockOperator.Runtime.Metrics;

/// <summary>What this process holds of the quotas of its mocks: at most <see cref="QuotaReference.MaxOfMock"/> of each. Looked up when somebody asks, so calls cost nothing.</summary>
internal sealed class QuotaGauges(MetricFactory factory)
{
    private readonly Gauge _granted = factory.CreateGauge("mock_quota_granted_calls", "Calls of a quota that were granted to this process in the period, those given back left out.", ["mock", "quota"]);
    private readonly Gauge _unspent = factory.CreateGauge("mock_quota_unspent_calls", "Calls of a quota that this process may still answer; negative when it answered more than it was granted.", ["mock", "quota"]);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (CallMeter Meter, string[] Quotas)> _mocks = new(StringComparer.Ordinal);

    /// <summary>Tells of a mock from now on.</summary>
    public void Watch(string mock, CallMeter meter)
    {
        lock (_gate)
        {
            _mocks[mock] = (meter, _mocks.GetValueOrDefault(mock).Quotas ?? []);
        }
    }

    /// <summary>Tells no more of a mock.</summary>
    public void Forget(string mock)
    {
        lock (_gate)
        {
            if (_mocks.Remove(mock, out (CallMeter Meter, string[] Quotas) known))
            {
                Remove(mock, known.Quotas);
            }
        }
    }

    /// <summary>Looks.</summary>
    public void Update()
    {
        lock (_gate)
        {
            foreach ((string mock, (CallMeter meter, string[] before)) in _mocks.ToArray())
            {
                string[] names = [.. meter.Allotments.Select(static allotment => allotment.Quota.Name)];
                Remove(mock, before.Except(names, StringComparer.Ordinal));
                foreach (Allotment allotment in meter.Allotments)
                {
                    _granted.WithLabels(mock, allotment.Quota.Name).Set(allotment.Granted - allotment.Returned);
                    _unspent.WithLabels(mock, allotment.Quota.Name).Set(allotment.Unspent);
                }

                _mocks[mock] = (meter, names);
            }
        }
    }

    private void Remove(string mock, IEnumerable<string> quotas)
    {
        foreach (string quota in quotas)
        {
            _granted.RemoveLabelled(mock, quota);
            _unspent.RemoveLabelled(mock, quota);
        }
    }
}
