using MockOperator.Resources;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Tests.Quotas;

/// <summary>
/// A meter, an operator that grants at most a limit in each period, and a network between them that loses, delays and doubles what both say. The operator grants again what it heard was given back, so
/// a meter that spends what it gave back is found out: more is answered than the limit allows.
/// </summary>
internal sealed class ModelOfExchanges
{
    private const long Limit = 60;
    private const int PeriodSeconds = 100;
    private readonly MeteredMock _mock = new();
    private readonly List<QuotaInstructions> _said = [];
    private readonly List<QuotaReport> _told = [];
    private readonly List<Allotment[]> _underWay = [];
    private readonly Dictionary<string, long> _granted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _returned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _answered = new(StringComparer.Ordinal);
    private int _period;
    private long _heard;
    private bool _isKnown;

    private string Period => $"period-{_period}";

    /// <summary>One step.</summary>
    public void Do(int step, int argument)
    {
        switch (step)
        {
            case < 6:
                Take(argument);
                break;
            case 6:
                Settle(argument, isAnswered: false);
                break;
            case 7:
                Settle(argument, isAnswered: true);
                break;
            case < 11:
                Grant(argument % 20, keep: null);
                Deliver(_said.Count - 1, isHeard: argument % 3 > 0);
                break;
            case 11:
                Grant(argument % 20, keep: null);
                break;
            case 12:
                Deliver(argument, isHeard: argument % 2 > 0);
                break;
            case 13:
                Hear(argument);
                break;
            case 14:
                Grant(0, keep: argument % 7);
                break;
            case 15:
                _mock.Time.Advance(TimeSpan.FromSeconds(argument % 40));
                break;
            case 16:
                _period++;
                break;
            case 17:
                _mock.Meter.Follow([]);
                break;
            default:
                _mock.Meter.Follow([MeteredMock.Reference(MeteredMock.Uid)]);
                break;
        }

        Check();
    }

    /// <summary>When nothing is lost any more, everything that the limit allows is answered in a period.</summary>
    public void ComeToRest()
    {
        _mock.Meter.Follow([MeteredMock.Reference(MeteredMock.Uid)]);
        _underWay.Clear();
        _period++;
        for (int round = 0; round < 100; round++)
        {
            Grant(7, keep: null);
            Deliver(_said.Count - 1, isHeard: true);
            Take(100);
            Check();
        }

        Assert.Equal(Limit, _answered[Period]);
    }

    private void Take(int most)
    {
        for (int call = 0; call < most % 12 && _mock.Meter.TryTake(_mock.Time.GetTimestamp()) is { Length: 1 } taken; call++)
        {
            Assert.NotEqual("", taken[0].Period);
            _answered[taken[0].Period] = _answered.GetValueOrDefault(taken[0].Period) + 1;
            _underWay.Add(taken);
        }
    }

    private void Settle(int which, bool isAnswered)
    {
        if (_underWay.Count == 0)
        {
            return;
        }

        Allotment[] taken = _underWay[which % _underWay.Count];
        _underWay.Remove(taken);
        if (!isAnswered)
        {
            // What was taken from a closed allotment counts as answered.
            _answered[taken[0].Period] -= taken[0].IsClosed ? 0 : 1;
            CallMeter.GiveBack(taken);
        }
    }

    private void Grant(long calls, long? keep)
    {
        long granted = _granted.GetValueOrDefault(Period);
        granted += Math.Clamp(calls, 0, _isKnown ? Limit - granted + _returned.GetValueOrDefault(Period) : 0);
        _granted[Period] = granted;
        _said.Add(MeteredMock.Say(_heard, MeteredMock.Grant(granted, Period, Limit) with { EndsInMilliseconds = PeriodSeconds * 1000, Keep = keep }) with { Instance = _isKnown ? MeteredMock.Instance : null });
    }

    private void Deliver(int which, bool isHeard)
    {
        if (_said.Count == 0)
        {
            return;
        }

        QuotaReport report = MeteredMock.Exchange(_mock.Meter, _said[which % _said.Count]);
        foreach (QuotaMeterReport meter in report.Meters!.Where(static meter => meter.Period.Length > 0))
        {
            Assert.True(meter.Granted <= _granted[meter.Period]);
            Assert.Equal(meter.Granted - meter.Returned, _answered.GetValueOrDefault(meter.Period) + meter.Unspent);
        }

        _told.Add(report);
        if (isHeard)
        {
            Hear(_told.Count - 1);
        }
    }

    private void Hear(int which)
    {
        if (_told.Count == 0)
        {
            return;
        }

        QuotaReport report = _told[which % _told.Count];
        _isKnown = true;
        _heard = Math.Max(_heard, report.Sequence);
        foreach (QuotaMeterReport meter in report.Meters!.Where(static meter => meter.Period.Length > 0))
        {
            Assert.True(meter.Unspent >= 0);
            _returned[meter.Period] = Math.Max(_returned.GetValueOrDefault(meter.Period), meter.Returned);
        }
    }

    private void Check()
    {
        foreach ((string period, long answered) in _answered)
        {
            Assert.True(answered <= Limit, $"{answered} calls answered in {period}");
        }

        foreach (Allotment allotment in _mock.Meter.Allotments.Where(static allotment => allotment.Period.Length > 0))
        {
            Assert.Equal(allotment.Granted - allotment.Returned, _answered.GetValueOrDefault(allotment.Period) + allotment.Unspent);
        }
    }
}
