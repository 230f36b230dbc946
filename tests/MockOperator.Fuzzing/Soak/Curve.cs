namespace MockOperator.Fuzzing.Soak;

/// <summary>A quantity over time.</summary>
/// <param name="name">What it is.</param>
/// <param name="unit">Its unit.</param>
internal sealed class Curve(string name, string unit)
{
    private readonly List<(double Hours, double Value)> _points = [];

    /// <summary>What it is.</summary>
    public string Name { get; } = name;

    /// <summary>Its unit.</summary>
    public string Unit { get; } = unit;

    /// <summary>Number of points.</summary>
    public int Count => _points.Count;

    /// <summary>Mean of the second half.</summary>
    public double Level => SecondHalf().Average(static point => point.Value);

    /// <summary>The last value.</summary>
    public double Last => _points[^1].Value;

    /// <summary>The greatest value.</summary>
    public double Peak => _points.Max(static point => point.Value);

    /// <summary>Rise in an hour: the slope of the straight line that is nearest to the second half, by least squares. The first half is for what is filled once.</summary>
    public double SlopePerHour
    {
        get
        {
            double time = SecondHalf().Average(static point => point.Hours);
            return Spread == 0 ? 0 : SecondHalf().Sum(point => (point.Hours - time) * (point.Value - Level)) / Spread;
        }
    }

    /// <summary>Standard error of <see cref="SlopePerHour"/>: a slope that is not twice as large tells nothing.</summary>
    public double SlopeErrorPerHour
    {
        get
        {
            double time = SecondHalf().Average(static point => point.Hours);
            double residue = SecondHalf().Sum(point => Math.Pow(point.Value - Level - (SlopePerHour * (point.Hours - time)), 2));
            return Spread == 0 || SecondHalf().Count < 3 ? 0 : Math.Sqrt(residue / (SecondHalf().Count - 2) / Spread);
        }
    }

    private double Spread
    {
        get
        {
            double time = SecondHalf().Average(static point => point.Hours);
            return SecondHalf().Sum(point => Math.Pow(point.Hours - time, 2));
        }
    }

    /// <summary>Adds a point.</summary>
    /// <param name="time">Since the beginning.</param>
    /// <param name="value">The value then.</param>
    public void Add(TimeSpan time, double value) => _points.Add((time.TotalHours, value));

    private List<(double Hours, double Value)> SecondHalf() => _points[(_points.Count / 2)..];
}
