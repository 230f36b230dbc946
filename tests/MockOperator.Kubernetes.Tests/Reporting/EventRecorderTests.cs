using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Kubernetes.Reporting;
using MockOperator.Kubernetes.Tests.Server;
using Prometheus;

namespace MockOperator.Kubernetes.Tests.Reporting;

public sealed class EventRecorderTests : IAsyncDisposable
{
    private const string Events = "apis/events.k8s.io/v1/namespaces/default/events";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly InMemoryServer _server = new();
    private readonly OperatorMetrics _metrics = new(Metrics.NewCustomRegistry());
    private readonly ApiTransport _transport;
    private readonly EventRecorder _recorder;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public EventRecorderTests()
    {
        _transport = _server.Transport();
        _recorder = new EventRecorder(
            new ResourceClient(_transport, new ResourceClientOptions { Retries = 0 }, _time),
            new EventRecorderOptions { Controller = "tests", Instance = "one", Capacity = 10, Series = 8 },
            NullLogger.Instance,
            _time,
            _metrics);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.InTimeAsync("the recorder stops");
        _transport.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task An_event_says_what_happened_to_what()
    {
        Start();
        await PublishAsync("a", "Broken", "it broke", EventType.Warning);
        await WritesAsync(1);
        var written = Assert.Single(Written());
        Assert.Equal("Widget", Text(written, "regarding", "kind"));
        Assert.Equal("uid-a", Text(written, "regarding", "uid"));
        Assert.Equal(("Broken", "it broke", "Warning", "tests", "one"), (Text(written, "reason"), Text(written, "note"), Text(written, "type"), Text(written, "reportingController"), Text(written, "reportingInstance")));
        // A MicroTime without a fraction is refused by the server.
        Assert.Equal("2026-01-02T03:04:05.000001Z", Text(written, "eventTime"));
    }

    [Fact]
    public async Task Repeats_become_a_series_that_is_written_at_intervals()
    {
        Start();
        for (var i = 0; i < 30; i++)
        {
            await PublishAsync("a", "Broken", "it broke");
            await FlushedAsync();
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        var written = Assert.Single(Written());
        Assert.InRange(written["series"]!["count"]!.GetValue<int>(), 24, 30);
        Assert.InRange(_server.Writes.Count, 5, 8);
    }

    [Fact]
    public async Task After_a_calm_the_same_is_a_new_event()
    {
        Start();
        await PublishAsync("a", "Broken", "it broke");
        await FlushedAsync();
        _time.Advance(TimeSpan.FromMinutes(7));
        await PublishAsync("a", "Broken", "it broke");
        await FlushedAsync();
        Assert.Equal(2, Written().Count);
    }

    [Fact]
    public async Task Too_many_events_drop_the_oldest_and_block_nobody()
    {
        for (var i = 0; i < 25; i++)
            await PublishAsync($"w{i}", "Made", "it was made");
        Assert.Equal(15, _metrics.EventsDropped.Value);
        Start();
        await WritesAsync(10);
        Assert.Contains(Written(), e => Text(e, "regarding", "name") == "w24");
        Assert.DoesNotContain(Written(), e => Text(e, "regarding", "name") == "w0");
    }

    [Fact]
    public async Task What_is_remembered_is_bounded()
    {
        Start();
        for (var i = 0; i < 50; i++)
        {
            await PublishAsync($"w{i}", "Made", "it was made");
            await FlushedAsync();
        }

        Assert.InRange(_recorder.RememberedSeries, 1, 8);
    }

    [Fact]
    public async Task An_event_that_is_refused_is_dropped_and_the_next_goes_on()
    {
        _server.Before = (_, _) => throw new HttpRequestException("refused");
        Start();
        await PublishAsync("a", "Broken", "it broke");
        await FlushedAsync();
        _server.Before = null;
        await PublishAsync("b", "Broken", "it broke");
        await WritesAsync(1);
        Assert.Equal(1, _metrics.EventsDropped.Value);
    }

    [Fact]
    public async Task A_long_text_is_cut_at_a_character()
    {
        Start();
        await PublishAsync("a", "Long", new string('ä', 5000));
        await WritesAsync(1);
        var note = Text(Assert.Single(Written()), "note");
        Assert.Equal(1024, Encoding.UTF8.GetByteCount(note));
        Assert.All(note, c => Assert.Equal('ä', c));
    }

    private static string Text(JsonObject entity, params string[] path) => path.Aggregate((JsonNode)entity, (node, name) => node[name]!).GetValue<string>();

    private void Start() => _running = Task.Run(() => _recorder.RunAsync(_stop.Token));

    private Task PublishAsync(string name, string reason, string text, EventType type = EventType.Normal) =>
        _recorder.PublishAsync(Widget.Named(name), reason, text, type, TestContext.Current.CancellationToken);

    private async Task FlushedAsync()
    {
        var flushed = _recorder.FlushAsync(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(() => flushed.IsCompleted, "the events are written", _time, TimeSpan.FromMilliseconds(20));
        Assert.True(await flushed);
    }

    private Task WritesAsync(int count) => Eventually.HoldsAsync(() => Written().Count == count, $"{count} events are written");

    private List<JsonObject> Written() => [.. _server.All(Events)];
}
