using System.Net;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Tests.Server;
using MockOperator.Kubernetes.Watching;
using static MockOperator.Kubernetes.Tests.Server.ScriptedServer;

namespace MockOperator.Kubernetes.Tests.Hosting;

/// <summary>A store of a kind that comes and goes.</summary>
public sealed class OptionalStoreTests : IAsyncDisposable
{
    private const string Groups = """{"groups":[{"versions":[{"groupVersion":"example.test/v1"}]}]}""";
    private const string Resources = """{"resources":[{"name":"widgets","kind":"Widget"}]}""";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly ScriptedServer _server = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ResourceStore<Widget> _store;
    private readonly List<StoreState> _states = [];
    private readonly OptionalWatch _watch;
    private readonly OptionalKinds _kinds;
    private readonly ApiTransport _transport;
    private Task _running = Task.CompletedTask;

    public OptionalStoreTests()
    {
        var options = new StoreOptions<Widget> { IsOptional = true };
        _store = new ResourceStore<Widget>(options, _time);
        _store.StateChanged += state =>
        {
            lock (_states)
                _states.Add(state);
        };
        _transport = _server.Transport();
        var client = new ResourceClient(_transport, new() { Retries = 0, Json = ApiJson.Create([WidgetJson.Default]) }, _time);
        _watch = new OptionalWatch(_store, [new Reflector<Widget>(client, _store.OpenPartition(), options, NullLogger.Instance, time: _time)]);
        _kinds = new OptionalKinds([_watch], new KindDiscovery(client), NullLogger<OptionalKinds>.Instance, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.InTimeAsync("it stops");
        _transport.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_kind_that_comes_is_watched_and_one_that_goes_leaves_an_empty_store()
    {
        var first = new WatchBody();
        _server
            .OnUnary(
                Answer("""{"groups":[]}"""), Answer(Groups), Answer(Resources), List("5", null, Widget.Named("a")),
                Answer("""{"groups":[]}"""), Answer(Groups), Answer(Resources), List("9", null, Widget.Named("b", "9")))
            .OnWatch(Stream(first), Status(HttpStatusCode.NotFound, "NotFound"), Hang());
        var deleted = new List<string>();
        _store.Changed += change =>
        {
            if (change.Kind == StoreChangeKind.Deleted)
                deleted.Add(change.Key.Name);
        };
        Start();
        await Eventually.HoldsAsync(() => _store.State == StoreState.Absent, "the kind is known to be absent");
        await _watch.Settled.InTimeAsync("an absent kind keeps no start waiting");
        await Eventually.HoldsAsync(() => _store.IsSynced, "the kind has come", _time);
        Assert.NotNull(_store.Get("default", "a"));
        first.Break();
        await Eventually.HoldsAsync(() => _store.State == StoreState.Absent, "the kind has gone", _time);
        Assert.Equal(["a"], deleted);
        Assert.Equal(0, _store.Count);
        await Eventually.HoldsAsync(() => _store.IsSynced, "the kind is back", _time);
        Assert.NotNull(_store.Get("default", "b"));
        lock (_states)
            Assert.Equal([StoreState.Absent, StoreState.Syncing, StoreState.Synced, StoreState.Absent, StoreState.Syncing, StoreState.Synced], _states);
    }

    [Fact]
    public async Task A_kind_that_is_absent_costs_one_request_a_minute()
    {
        _server.OnUnary(Answer("""{"groups":[]}"""));
        Start();
        // The waits have grown to a minute by then.
        await AdvanceAsync(TimeSpan.FromMinutes(5));
        var before = _server.Requests.Count;
        await AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.InRange(_server.Requests.Count - before, 1, 10);
    }

    [Fact]
    public async Task A_kind_that_may_not_be_listed_keeps_no_start_waiting()
    {
        _server.OnUnary(Answer(Groups), Answer(Resources), Status(HttpStatusCode.Forbidden, "Forbidden"));
        Start();
        await _watch.Settled.InTimeAsync("the start goes on");
        Assert.Equal(StoreState.Syncing, _store.State);
    }

    [Fact]
    public async Task What_was_written_to_a_kind_that_is_gone_is_not_waited_for()
    {
        _server.OnUnary(Answer("""{"groups":[]}"""));
        Start();
        await Eventually.HoldsAsync(() => _store.State == StoreState.Absent, "the kind is known to be absent");
        Assert.True(await _store.WhenAtLeastAsync("default", 7, TimeSpan.FromHours(1), TestContext.Current.CancellationToken).InTimeAsync("nobody waits"));
    }

    private void Start() => _running = _kinds.RunAsync(_stop.Token);

    private async Task AdvanceAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.SettleAsync();
        }
    }
}
