namespace MockOperator.Operator.Benchmarks;

/// <summary>Prints figures beside what is asked of them, and remembers whether all were met.</summary>
internal sealed class Report
{
    /// <summary>Whether every figure so far met its bound.</summary>
    public bool IsMet { get; private set; } = true;

    /// <summary>A figure for information.</summary>
    public static void Show(string name, string figure) => Console.WriteLine($"{name,-64} {figure,16}");

    /// <summary>A figure that must not exceed a bound.</summary>
    public void AtMost(string name, double figure, double bound, string unit) => Check(name, figure, figure <= bound, $"at most {bound:0.##} {unit}", unit);

    /// <summary>A figure that must not fall short of a bound.</summary>
    public void AtLeast(string name, double figure, double bound, string unit) => Check(name, figure, figure >= bound, $"at least {bound:0.##} {unit}", unit);

    private void Check(string name, double figure, bool met, string bound, string unit)
    {
        IsMet &= met;
        Console.WriteLine($"{name,-64} {figure,12:0.##} {unit,-8} {(met ? "ok" : "MISSED")}: {bound}");
    }
}
