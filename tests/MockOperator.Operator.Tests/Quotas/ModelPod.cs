using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Quotas;

/// <summary>What a process of the runtime promises of its grants, in the fewest words: the model that the books are tried against.</summary>
internal sealed class ModelPod(string uid, string instance)
{
    public const string Mock = "petstore";

    private readonly Dictionary<string, Meter> _meters = [];
    private string _period = "";
    private long _sequence;
    private bool _isOver;

    public string Uid { get; } = uid;

    public string Instance { get; } = instance;

    public bool IsRefused { get; private set; }

    private Meter? Current => _meters.GetValueOrDefault(_period);

    public bool TryAnswer(out string period)
    {
        period = _period;
        if (_isOver || Current is not { Unspent: > 0 } meter)
        {
            return false;
        }

        meter.Unspent--;
        return true;
    }

    public QuotaReport Exchange(QuotaInstructions instructions, string quota, double rate)
    {
        if (!_isOver && instructions.Quotas?.FirstOrDefault(one => one.Quota == quota) is { } told && (instructions.Instance is null || instructions.Instance == Instance))
        {
            Follow(told, isForThis: instructions.Instance == Instance);
        }

        return Report(quota, rate);
    }

    public void EndPeriod()
    {
        IsRefused = false;
        if (Current is { } meter)
        {
            meter.Close();
        }
    }

    public void End()
    {
        _isOver = true;
        foreach (Meter meter in _meters.Values)
        {
            meter.Close();
        }
    }

    public QuotaReport Report(string quota, double rate) => new()
    {
        Instance = Instance,
        Sequence = ++_sequence,
        IsFinal = _isOver,
        Meters =
        [
            .. _meters.Select(meter => new QuotaMeterReport
            {
                Quota = quota,
                Period = meter.Key,
                Granted = meter.Value.Granted,
                Returned = meter.Value.Returned,
                Unspent = meter.Value.Unspent,
                IsClosed = meter.Value.IsClosed,
                Rate = rate,
                IsWanting = !meter.Value.IsClosed && meter.Value.Unspent <= 3,
            }).OrderByDescending(static meter => meter.IsClosed),
            .. _meters.Values.All(static meter => meter.IsClosed) && !_isOver ? [new QuotaMeterReport { Quota = quota, IsWanting = true, Rate = rate }] : Array.Empty<QuotaMeterReport>(),
        ],
    };

    private void Follow(QuotaInstruction told, bool isForThis)
    {
        if (_meters.TryGetValue(told.Period, out Meter? known) && known.IsClosed)
        {
            return;
        }

        if (told.Period != _period)
        {
            Current?.Close();
            _period = told.Period;
            _meters[told.Period] = new Meter();
        }

        Meter meter = Current!;
        IsRefused = told.IsExhausted;
        if (isForThis && told.Granted > meter.Granted)
        {
            meter.Unspent += told.Granted - meter.Granted;
            meter.Granted = told.Granted;
        }

        if (told.Keep is { } keep && meter.Unspent > keep)
        {
            meter.Returned += meter.Unspent - keep;
            meter.Unspent = keep;
        }
    }

    private sealed class Meter
    {
        public long Granted { get; set; }

        public long Returned { get; set; }

        public long Unspent { get; set; }

        public bool IsClosed { get; private set; }

        public void Close()
        {
            Returned += Math.Max(0, Unspent);
            Unspent = Math.Min(0, Unspent);
            IsClosed = true;
        }
    }
}
