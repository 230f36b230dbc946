using System.Text;
using CsCheck;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;
using MockOperator.Runtime.Metrics;
using Prometheus;

namespace MockOperator.Runtime.Tests.Metrics;

public sealed class ExampleCountersTests
{
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly ExampleCounters _counters;

    public ExampleCountersTests() => _counters = new ExampleCounters(Prometheus.Metrics.WithCustomRegistry(_registry));

    [Fact]
    public async Task Each_example_that_was_sent_is_told_with_its_request()
    {
        ExampleUsage usage = Usage("a", "b", "c");
        _counters.Watch("shop", usage);
        usage.Count(0);
        usage.Count(2);
        usage.Count(2);
        usage.Count(-1);
        Assert.Equal(
            ["""mock_example_requests_total{mock="shop",request="GET /a",example="a"} 1""", """mock_example_requests_total{mock="shop",request="GET /c",example="c"} 2"""],
            await TellAsync());
    }

    [Fact]
    public async Task Beyond_the_most_used_they_are_told_together()
    {
        ExampleUsage usage = Usage([.. Enumerable.Range(0, 100).Select(static number => $"e{number:00}")]);
        _counters.Watch("shop", usage);
        for (int example = 0; example < 100; example++)
        {
            for (int call = 0; call <= example; call++)
            {
                usage.Count(example);
            }
        }

        _counters.Update();
        usage.Count(3);
        string[] told = await TellAsync();
        Assert.Equal(ExampleCounters.MostTold + 1, told.Length);
        Assert.Contains("""mock_example_requests_total{mock="shop",request="GET /e80",example="e80"} 81""", told);
        Assert.Contains("""mock_example_requests_total{mock="shop",request="(others)",example="(others)"} 3241""", told);
        Assert.DoesNotContain(told, static line => line.Contains("e79", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edit_goes_on_with_the_counts_of_examples_that_stay()
    {
        ExampleUsage before = Usage("stays", "goes");
        _counters.Watch("shop", before);
        before.Count(0);
        before.Count(1);
        await TellAsync();
        before.Count(0);

        ExampleUsage after = Usage("new", "stays");
        _counters.Watch("shop", after);
        after.Count(1);

        Assert.Equal(["""mock_example_requests_total{mock="shop",request="GET /stays",example="stays"} 3"""], await TellAsync());
    }

    [Fact]
    public async Task Of_a_mock_that_is_gone_nothing_is_told()
    {
        ExampleUsage usage = Usage("a");
        _counters.Watch("shop", usage);
        usage.Count(0);
        Assert.Single(await TellAsync());
        _counters.Forget("shop");
        Assert.Empty(await TellAsync());
    }

    [Fact]
    public async Task A_name_of_any_length_is_a_label_of_bounded_length()
    {
        ExampleUsage usage = Usage(new string('x', ExampleCounters.MostCharacters - 1) + "\U0001F600" + "tail");
        _counters.Watch("shop", usage);
        usage.Count(0);
        Assert.Contains($"example=\"{new string('x', ExampleCounters.MostCharacters - 1)}\"", Assert.Single(await TellAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public void No_series_ever_falls_and_none_is_told_beyond_the_bound() =>
        Gen.Int[0, 39].Array[0, 300].Array[1, 8].Sample(rounds =>
        {
            CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
            var counters = new ExampleCounters(Prometheus.Metrics.WithCustomRegistry(registry));
            ExampleUsage usage = Usage([.. Enumerable.Range(0, 40).Select(static number => $"e{number}")]);
            counters.Watch("shop", usage);
            var before = new Dictionary<string, double>(StringComparer.Ordinal);
            long sum = 0;
            foreach (int[] calls in rounds)
            {
                foreach (int example in calls)
                {
                    usage.Count(example);
                    sum++;
                }

                counters.Update();
                Dictionary<string, double> now = Read(registry);
                Assert.True(now.Count <= ExampleCounters.MostTold + 1);
                Assert.True(now.Values.Sum() <= sum, "more is told than was sent");
                foreach ((string series, double value) in now)
                {
                    Assert.True(!before.TryGetValue(series, out double old) || value >= old, series);
                }

                before = now;
            }
        });

    private static ExampleUsage Usage(params string[] names) => new(MockPlan.ReadNative(
        "shop",
        [.. names.Select(static name => new ExampleSpec { Name = name, Request = new ExampleRequestSpec { Method = "GET", Path = "/" + name }, Response = new ExampleResponseSpec { Status = 200 } })],
        new Dictionary<string, string>(StringComparer.Ordinal),
        new MockPlanOptions()));

    private static Dictionary<string, double> Read(CollectorRegistry registry)
    {
        using var text = new MemoryStream();
        registry.CollectAndExportAsTextAsync(text).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(static line => line.StartsWith("mock_example", StringComparison.Ordinal))
            .ToDictionary(static line => line[..line.LastIndexOf(' ')], static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    private async Task<string[]> TellAsync()
    {
        _counters.Update();
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return [.. Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(static line => line.StartsWith("mock_example", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
