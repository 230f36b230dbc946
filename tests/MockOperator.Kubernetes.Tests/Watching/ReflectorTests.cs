using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Tests.Server;
using MockOperator.Kubernetes.Watching;
using static MockOperator.Kubernetes.Tests.Server.ScriptedServer;

namespace MockOperator.Kubernetes.Tests.Watching;

public sealed class ReflectorTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedServer _server = new();
    private readonly ResourceStore<Widget> _store;
    private readonly List<StoreChange<Widget>> _changes = [];
    private readonly CancellationTokenSource _stop = new();
    private Func<Widget, Widget> _keep = widget => widget;
    private ApiTransport? _transport;
    private Reflector<Widget>? _reflector;
    private Task _running = Task.CompletedTask;

    public ReflectorTests()
    {
        _store = new ResourceStore<Widget>(null, _time);
        _store.Changed += change =>
        {
            lock (_changes)
                _changes.Add(change);
        };
    }

    private IReadOnlyList<string> Names => [.. _store.Keys.Select(k => k.Name).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.InTimeAsync("the reflector stops");
        _transport?.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task All_pages_are_collected_before_the_store_shows_any()
    {
        var second = new TaskCompletionSource<HttpResponseMessage>();
        _server.OnUnary(List("5", "more", Widget.Named("a")), (_, _) => second.Task).OnWatch(Hang());
        Start();
        await Eventually.HoldsAsync(() => _server.Lists.Count == 2, "the second page is asked for");
        Assert.Empty(Names);
        Assert.False(_store.IsSynced);
        second.SetResult(await List("5", null, Widget.Named("b"))(new(), TestContext.Current.CancellationToken));
        await SyncedAsync();
        Assert.Equal(["a", "b"], Names);
        Assert.Contains("continue=more", _server.Lists[1].PathAndQuery, StringComparison.Ordinal);
        Assert.All(_changes, c => Assert.True(c.IsInitial));
        await WatchesAsync(1);
        Assert.Contains("resourceVersion=5", _server.Watches[0].PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_continue_token_starts_the_list_anew_and_swaps_nothing_by_half()
    {
        var watch = WatchBody.Of(ErrorEvent(410, "Expired"));
        _server
            .OnUnary(List("5", null, Widget.Named("a"), Widget.Named("b")), List("8", "more", Widget.Named("c")), Status(HttpStatusCode.Gone, "Expired"), List("9", null, Widget.Named("b", "9")))
            .OnWatch(Stream(watch), Hang());
        var mixed = false;
        _store.Changed += _ => mixed |= _store.Get("default", "c") is not null;
        Start();
        await Eventually.HoldsAsync(() => _store.Get("default", "b")?.Metadata.ResourceVersion == "9", "the new list is in the store", _time);
        Assert.Equal(["b"], Names);
        Assert.False(mixed);
    }

    [Theory]
    [InlineData(true, "Expired")]
    [InlineData(true, "Gone")]
    [InlineData(false, "Expired")]
    public async Task An_expired_version_leads_to_a_new_list_at_once(bool asEvent, string reason)
    {
        _server.OnUnary(List("5", null, Widget.Named("a")), List("100", null, Widget.Named("b")))
            .OnWatch(asEvent ? Stream(WatchBody.Of(ErrorEvent(410, reason))) : Status(HttpStatusCode.Gone, reason), Hang());
        Start();
        // The clock stands still: no waiting is involved.
        await Eventually.HoldsAsync(() => Names is ["b"], "the new list is in the store");
        await WatchesAsync(2);
        Assert.Contains("resourceVersion=100", _server.Watches[1].PathAndQuery, StringComparison.Ordinal);
        lock (_changes)
            Assert.Contains(_changes, c => c is { Kind: StoreChangeKind.Deleted, Old.Metadata.Name: "a", IsInitial: false });
    }

    [Fact]
    public async Task Versions_that_expire_again_and_again_are_not_a_busy_loop()
    {
        _server.OnUnary(List("5", null)).OnWatch(Status(HttpStatusCode.Gone, "Expired"));
        Start();
        await WatchesAsync(2);
        await Eventually.SettleAsync();
        Assert.Equal(2, _server.Watches.Count);
        await WatchesAsync(4, moving: true);
    }

    [Fact]
    public async Task A_dropped_watch_goes_on_from_the_last_version_without_a_new_list()
    {
        var broken = new WatchBody();
        _server.OnUnary(List("5", null, Widget.Named("a"))).OnWatch(Stream(broken), Stream(WatchBody.Of(Event("ADDED", Widget.Named("c", "8")))), Hang());
        Start();
        await SyncedAsync();
        broken.Write(Event("ADDED", Widget.Named("b", "6")));
        broken.Write(Bookmark("7"));
        await Eventually.HoldsAsync(() => Names.Count == 2, "the event is seen");
        broken.Break();
        await Eventually.HoldsAsync(() => Names.Count == 3, "the next event is seen", _time);
        Assert.Contains("resourceVersion=7", _server.Watches[1].PathAndQuery, StringComparison.Ordinal);
        Assert.Single(_server.Lists);
    }

    [Fact]
    public async Task A_deletion_during_an_outage_is_told_with_the_last_state()
    {
        var watch = new WatchBody();
        _server.OnUnary(List("5", null, Widget.Named("a"), Widget.Named("b")), Refused(), Refused(), Refused(), Refused(), List("90", null, Widget.Named("b")))
            .OnWatch(Stream(watch), Refused(), Refused(), Status(HttpStatusCode.Gone, "Expired"), Hang());
        Start();
        await SyncedAsync();
        watch.Write(Event("MODIFIED", Widget.Named("a", "6", size: 42)));
        await Eventually.HoldsAsync(() => _store.Get("default", "a")?.Spec!.Size == 42, "the change is seen");
        watch.Break();
        await Eventually.HoldsAsync(() => Names is ["b"], "the deletion is seen", _time, TimeSpan.FromSeconds(1));
        lock (_changes)
        {
            var deletion = Assert.Single(_changes, c => c.Kind == StoreChangeKind.Deleted);
            Assert.Equal(42, deletion.Old!.Spec!.Size);
        }
    }

    [Fact]
    public async Task Bookmarks_alone_keep_a_watch_up_to_date_for_an_hour_without_a_list()
    {
        var version = 5;
        var bodies = Enumerable.Range(0, 60).Select(_ => new WatchBody()).ToList();
        _server.OnUnary(List("5", null, Widget.Named("a"))).OnWatch([.. bodies.Select(Stream), Hang()]);
        Start();
        foreach (var (body, index) in bodies.Select((b, i) => (b, i)))
        {
            await body.WhenOpened.InTimeAsync("the watch is open");
            Assert.Contains($"resourceVersion={version}&", _server.Watches[index].PathAndQuery + "&", StringComparison.Ordinal);
            body.Write(Bookmark($"{++version}"));
            Assert.True(await _store.WhenAtLeastAsync("default", (ulong)version, TimeSpan.FromHours(1), TestContext.Current.CancellationToken).InTimeAsync("the bookmark is seen"));
            _time.Advance(TimeSpan.FromMinutes(1));
            body.End();
        }

        Assert.Single(_server.Lists);
        lock (_changes)
            Assert.Single(_changes);
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_stays_and_the_others_go_on()
    {
        const string Bad = """{"metadata":{"name":"b","namespace":"default","resourceVersion":"7","uid":"uid-b"},"spec":{"size":{}}}""";
        var watch = new WatchBody();
        _server
            .OnUnary(List("5", null, Widget.Named("a"), Widget.Named("b", size: 3)), Answer(ListBody("9", null, [ToJson(Widget.Named("a", "8")), Bad, ToJson(Widget.Named("c", "9"))])))
            .OnWatch(Stream(watch), Hang());
        Start();
        await SyncedAsync();
        watch.Write($$"""{"type":"MODIFIED","object":{{Bad}}}""" + "\n" + Event("ADDED", Widget.Named("c", "8")));
        await Eventually.HoldsAsync(() => Names.Count == 3, "the next event is seen");
        Assert.Equal(3, _store.Get("default", "b")!.Spec!.Size);
        watch.Write(ErrorEvent(410, "Expired"));
        await Eventually.HoldsAsync(() => _store.Get("default", "a")!.Metadata.ResourceVersion == "8", "the new list is in the store");
        Assert.Equal(3, _store.Get("default", "b")!.Spec!.Size);
    }

    [Fact]
    public async Task An_object_that_cannot_be_trimmed_does_not_stop_the_others()
    {
        _keep = widget => widget.Metadata.Name == "strange" ? throw new InvalidOperationException("strange") : widget;
        _server.OnUnary(List("5", null, Widget.Named("strange"), Widget.Named("a")))
            .OnWatch(Stream(WatchBody.Of(Event("MODIFIED", Widget.Named("strange", "6")), Event("ADDED", Widget.Named("b", "7")))), Hang());
        Start();
        await Eventually.HoldsAsync(() => Names is ["a", "b"], "the others are seen");
    }

    [Fact]
    public async Task Retry_after_is_honoured()
    {
        _server.OnUnary(List("5", null)).OnWatch(Status(HttpStatusCode.TooManyRequests, "TooManyRequests", retryAfter: TimeSpan.FromSeconds(60)), Hang());
        Start();
        await WatchesAsync(1);
        await Eventually.SettleAsync();
        _time.Advance(TimeSpan.FromSeconds(29));
        await Eventually.SettleAsync();
        _time.Advance(TimeSpan.FromSeconds(29));
        await Eventually.SettleAsync();
        Assert.Single(_server.Watches);
        await WatchesAsync(2, moving: true);
    }

    [Fact]
    public async Task A_storm_of_errors_is_waited_out_with_growing_waits_while_the_loop_ticks()
    {
        _server.OnUnary([.. Enumerable.Repeat(Status(HttpStatusCode.InternalServerError, "InternalError"), 12), List("5", null, Widget.Named("a"))]).OnWatch(Hang());
        Start();
        var started = _time.GetUtcNow();
        var silence = TimeSpan.Zero;
        await Eventually.HoldsAsync(
            () =>
            {
                var since = _time.GetUtcNow() - _reflector!.LastProgress;
                silence = since > silence ? since : silence;
                return _store.IsSynced;
            },
            "the store is synced",
            _time,
            TimeSpan.FromSeconds(1));
        // 0.8 s doubled five times, then seven times 30 s, each doubled at most by jitter.
        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.FromSeconds(170), TimeSpan.FromSeconds(600));
        Assert.InRange(silence, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_token_that_was_refused_is_tried_again()
    {
        _server.OnUnary(Status(HttpStatusCode.Unauthorized, "Unauthorized"), List("5", null, Widget.Named("a"))).OnWatch(Status(HttpStatusCode.Unauthorized, "Unauthorized"), Hang());
        Start();
        await Eventually.HoldsAsync(() => _store.IsSynced, "the store is synced", _time);
        await WatchesAsync(2, moving: true);
        Assert.Equal(2, _server.Lists.Count);
    }

    [Fact]
    public async Task A_server_that_closes_watches_at_once_is_not_asked_as_fast_as_it_answers()
    {
        _server.OnUnary(List("5", null)).OnWatch((_, _) => Stream(WatchBody.Of())(new(), default));
        Start();
        await WatchesAsync(1);
        await Eventually.SettleAsync();
        Assert.Single(_server.Watches);
        await WatchesAsync(3, moving: true);
    }

    [Fact]
    public async Task A_list_that_hangs_is_given_up()
    {
        _server.OnUnary(Hang(), Hang(), Hang(), Hang(), Hang(), List("5", null, Widget.Named("a"))).OnWatch(Hang());
        Start();
        await Eventually.HoldsAsync(() => _store.IsSynced, "the store is synced", _time, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Garbage_instead_of_a_list_is_an_error_like_any_other()
    {
        _server.OnUnary(Answer("<html>"), Answer("[]"), Answer(""), Answer("""{"items":"x"}"""), List("5", null, Widget.Named("a"))).OnWatch(Hang());
        Start();
        await Eventually.HoldsAsync(() => Names is ["a"], "the list is in the store", _time);
    }

    private void Start()
    {
        _transport = _server.Transport();
        var client = new ResourceClient(_transport, new ResourceClientOptions { Json = ScriptedServer.Json }, _time);
        _reflector = new Reflector<Widget>(client, _store.OpenPartition(), new StoreOptions<Widget> { Keep = _keep }, NullLogger.Instance, new ReflectorOptions { Random = new Random(1) }, _time);
        _running = Task.Run(() => _reflector.RunAsync(_stop.Token));
    }

    private Task SyncedAsync() => Eventually.HoldsAsync(() => _store.IsSynced, "the store is synced");

    private Task WatchesAsync(int count, bool moving = false) =>
        Eventually.HoldsAsync(() => _server.Watches.Count >= count, $"{count} watches are asked for", moving ? _time : null, TimeSpan.FromSeconds(1));
}
