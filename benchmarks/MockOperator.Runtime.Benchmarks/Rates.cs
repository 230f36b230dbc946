using System.Globalization;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>The rounds of several servers, by name.</summary>
internal sealed class Rates(IReadOnlyDictionary<string, List<Round>> rounds)
{
    /// <summary>The median over the rounds of what one server does against another with the same processor time.</summary>
    public double Ratio(string server, string against) =>
        Middle([.. rounds[server].Zip(rounds[against], static (one, other) => one.PerProcessorSecond / other.PerProcessorSecond)]);

    /// <summary>The medians in words: processor time a request, and requests a second on the wire.</summary>
    public string Describe(string server) => string.Create(
        CultureInfo.InvariantCulture,
        $"{server} {1e6 / Middle([.. rounds[server].Select(static round => round.PerProcessorSecond)]):0.0} us ({Middle([.. rounds[server].Select(static round => round.PerSecond)]):0}/s)");

    private static double Middle(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
