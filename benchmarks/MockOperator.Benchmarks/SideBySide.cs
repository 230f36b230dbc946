using System.Diagnostics;

namespace MockOperator.Benchmarks;

/// <summary>Times two pieces of work in turns, so that whatever else the machine does hits both alike.</summary>
internal static class SideBySide
{
    private const int WarmUps = 30;

    /// <summary>Rounds that count.</summary>
    public static int Rounds { get; set; } = 60;

    /// <summary>Nanoseconds per call of each, from the fastest of the rounds.</summary>
    public static (double First, double Second) Time(Action first, Action second, int callsPerRound)
    {
        double fastestFirst = double.MaxValue;
        double fastestSecond = double.MaxValue;
        for (int round = 0; round < WarmUps + Rounds; round++)
        {
            double one = Round(first, callsPerRound);
            double other = Round(second, callsPerRound);
            if (round >= WarmUps)
            {
                fastestFirst = Math.Min(fastestFirst, one);
                fastestSecond = Math.Min(fastestSecond, other);
            }
        }

        return (fastestFirst, fastestSecond);
    }

    private static double Round(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}
