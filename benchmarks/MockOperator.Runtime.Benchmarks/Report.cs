namespace MockOperator.Runtime.Benchmarks;

/// <summary>The figures, each beside what it should be.</summary>
internal sealed class Report
{
    private int _missed;

    /// <summary>Whether every figure is as good as it should be.</summary>
    public bool IsGood => _missed == 0;

    public void AtLeast(string what, double value, double goal, string detail) => Write(what, $"{value:0.00}", $">= {goal:0.00}", value >= goal, detail);

    public void AtMost(string what, double value, double goal, string unit, string detail) =>
        Write(what, $"{value:0.0} {unit}", $"<= {goal:0.##} {unit}", value <= goal, detail);

    /// <summary>A figure without a goal, for orientation.</summary>
    public static void Show(string what, double value, string detail) => Console.WriteLine($"       {what,-52} {value,12:0.00}  {"",-12} {detail}");

    public static void Say(string text) => Console.WriteLine(text);

    private void Write(string what, string value, string goal, bool good, string detail)
    {
        _missed += good ? 0 : 1;
        Console.WriteLine($"{(good ? "ok    " : "MISSED")} {what,-52} {value,12}  {goal,-12} {detail}");
    }
}
