using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Quotas;

/// <summary>What a process of the runtime promises of its grants, in the fewest words: the model that the books are tried against.</summary>
internal sealed class ModelPod(string uid, string instance)
{
    public const string Mock = "petstore";

    private readonly Dictionary<(string Quota, string Period), Meter> _meters = [];
    private readonly Dictionary<string, string> _periods = [];
    private long _sequence;
    private string _said = "";
    private bool _isOver;

    public string Uid { get; } = uid;

    public string Instance { get; } = instance;

    /// <summary>Whether calls come.</summary>
    public bool HasCalls { get; set; }

    /// <summary>Whether it was told that nothing is left.</summary>
    public bool IsRefused { get; private set; }

    private IEnumerable<Meter> Current => _periods.Select(period => _meters[(period.Key, period.Value)]);

    public bool TryAnswer(out string period)
    {
        period = _periods.Values.FirstOrDefault("");
        if (_isOver || _periods.Count == 0 || !Current.All(static meter => meter.Unspent > 0))
        {
            return false;
        }

        foreach (Meter meter in Current)
        {
            meter.Unspent--;
        }

        return true;
    }

    public void Hear(QuotaInstructions instructions)
    {
        if (_isOver || (instructions.Instance is not null && instructions.Instance != Instance))
        {
            return;
        }

        foreach (QuotaInstruction told in instructions.Quotas ?? [])
        {
            Follow(told, isForThis: instructions.Instance == Instance);
        }
    }

    public void EndPeriod()
    {
        IsRefused = false;
        foreach (Meter meter in Current)
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

    /// <summary>Whether it has something to say that it was not heard to say.</summary>
    public bool HasNews(long heard) => heard < _sequence || heard == 0 || (Content(0) is var content && content != _said && (content.Contains("\"isWanting\":true", StringComparison.Ordinal) || _isOver || content.Contains("\"isClosed\":true", StringComparison.Ordinal)));

    /// <summary>Says how it stands; what it has said before has the number that it had.</summary>
    public QuotaReport Tell()
    {
        double rate = HasCalls ? 5 : 0;
        if (Content(rate) != _said)
        {
            _said = Content(rate);
            _sequence++;
        }

        return Report(rate) with { Sequence = _sequence };
    }

    /// <summary>Says how it stands, under a new number.</summary>
    public QuotaReport TellAnew(double rate) => Report(rate) with { Sequence = ++_sequence };

    private string Content(double rate) => System.Text.Json.JsonSerializer.Serialize(Report(HasCalls ? 5 : rate), RuntimeJson.Default.QuotaReport);

    private QuotaReport Report(double rate) => new()
    {
        Instance = Instance,
        IsFinal = _isOver,
        Meters = [.. _meters.OrderByDescending(static meter => meter.Value.IsClosed).Select(meter => new QuotaMeterReport
        {
            Quota = meter.Key.Quota,
            Period = meter.Key.Period,
            Granted = meter.Value.Granted,
            Returned = meter.Value.Returned,
            Unspent = meter.Value.Unspent,
            IsClosed = meter.Value.IsClosed,
            Rate = rate,
            IsWanting = !meter.Value.IsClosed && meter.Value.Unspent <= 3,
        }), .. _isOver ? [] : Unknown(rate)],
    };

    // Of a quota whose period has ended, or of which nothing was heard yet, it wants to hear.
    private IEnumerable<QuotaMeterReport> Unknown(double rate) => _meters.Count == 0
        ? [new QuotaMeterReport { Quota = "quota-uid", IsWanting = true, Rate = rate }]
        : _periods.Where(period => _meters[(period.Key, period.Value)].IsClosed).Select(period => new QuotaMeterReport { Quota = period.Key, IsWanting = true, Rate = rate });

    private void Follow(QuotaInstruction told, bool isForThis)
    {
        (string, string) key = (told.Quota, told.Period);
        if (_meters.TryGetValue(key, out Meter? meter) && meter.IsClosed)
        {
            return;
        }

        if (meter is null)
        {
            if (_periods.TryGetValue(told.Quota, out string? before))
            {
                _meters[(told.Quota, before)].Close();
            }

            _periods[told.Quota] = told.Period;
            _meters[key] = meter = new Meter();
        }

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
