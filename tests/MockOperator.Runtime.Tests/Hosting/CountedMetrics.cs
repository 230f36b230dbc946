using System.Globalization;
using System.Text;
using MockOperator.Runtime.Hosting;
using Prometheus;

namespace MockOperator.Runtime.Tests.Hosting;

/// <summary>The metrics of a host. A request is counted a moment after its answer is on the wire, so whoever has the answer waits for the count.</summary>
internal static class CountedMetrics
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>The sum of some series now.</summary>
    public static async Task<double> SumAsync(this RuntimeHost host, params string[] series)
    {
        string[] lines = (await host.MetricsAsync()).Split('\n');
        return lines.Where(line => Array.Exists(series, name => line.StartsWith(name + ' ', StringComparison.Ordinal))).Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>The metrics, once all of these texts are among them.</summary>
    public static async Task<string> MetricsAsync(this RuntimeHost host, params string[] awaited)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var text = new MemoryStream();
            await host.Metrics.WriteAsync(text, ExpositionFormat.PrometheusText, TestContext.Current.CancellationToken);
            string metrics = Encoding.UTF8.GetString(text.ToArray());
            if (Array.TrueForAll(awaited, expected => metrics.Contains(expected, StringComparison.Ordinal)))
            {
                return metrics;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Deadline, $"not all of these are counted: {string.Join(", ", awaited)}\n{metrics}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
