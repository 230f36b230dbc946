namespace MockOperator.Runtime.Benchmarks;

/// <summary>Requests per second by server, one figure a round.</summary>
internal sealed class Rates(IReadOnlyDictionary<string, List<double>> rounds)
{
    /// <summary>The median over the rounds.</summary>
    public double Median(string server) => Middle(rounds[server]);

    /// <summary>The median of the ratios of the rounds: what hit one round hit both of its figures.</summary>
    public double Ratio(string server, string against) => Middle([.. rounds[server].Zip(rounds[against], static (one, other) => one / other)]);

    private static double Middle(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
