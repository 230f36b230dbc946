using Prometheus;

namespace MockOperator.Operator.Measuring;

/// <summary>A gauge whose series are those of the last look and no others. Used by one thread at a time.</summary>
internal sealed class LiveGauge(Gauge gauge)
{
    /// <summary>Series at most; what is beyond is not told.</summary>
    public const int MostSeries = 5000;

    private Dictionary<string, string[]> _told = new(StringComparer.Ordinal);

    /// <summary>Tells these series.</summary>
    public void Set(IEnumerable<(string[] Labels, double Value)> series)
    {
        var now = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach ((string[] labels, double value) in series.Take(MostSeries))
        {
            gauge.WithLabels(labels).Set(value);
            now[string.Join('\n', labels)] = labels;
        }

        foreach ((string key, string[] labels) in _told)
        {
            if (!now.ContainsKey(key))
            {
                gauge.RemoveLabelled(labels);
            }
        }

        _told = now;
    }
}
