using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Tests.Server;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Tests.Watching;

public sealed class WatchStreamTests
{
    private static readonly WatchQuery Query = new() { ResourceVersion = "1", Duration = TimeSpan.FromSeconds(200) };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Events_come_whole_wherever_the_network_cuts_them()
    {
        var text = ScriptedServer.Event("ADDED", Widget.Named("ä-1", "2")).TrimEnd() + "\r\n"
            + ScriptedServer.Bookmark("3") + "\n" + ScriptedServer.Event("MODIFIED", Widget.Named("ä-1", "4", size: 7)) + ScriptedServer.Event("DELETED", Widget.Named("ä-1", "5"));
        var bytes = Encoding.UTF8.GetBytes(text);
        string[] expected = ["Added ä-1 2", "Bookmark  3", "Modified ä-1 4", "Deleted ä-1 5"];
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(expected, await ReadAsync([bytes[..cut], bytes[cut..]]));

        await Gen.Int[0, bytes.Length].Array[0, 12].SampleAsync(async cuts =>
        {
            Array.Sort(cuts);
            int[] edges = [0, .. cuts, bytes.Length];
            var read = await ReadAsync([.. edges.Zip(edges.Skip(1), (a, b) => bytes[a..b])]);
            Assert.Equal(expected, read);
        }, iter: 200);
    }

    [Fact]
    public async Task A_malformed_event_in_the_middle_does_not_blind()
    {
        var events = await CollectAsync(WatchBody.Of(
            ScriptedServer.Event("ADDED", Widget.Named("a", "2")),
            "{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"name\":\"b\",\"namespace\":\"x\",\"resourceVersion\":\"3\"},\"spec\":{\"size\":\"no number\"}}}\n",
            "{\"type\":\"MODIFIED\",\"object\"\n",
            "[]\n",
            "{\"type\":\"NEWS\",\"object\":{}}\n",
            "{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{}}}\n",
            ScriptedServer.Event("ADDED", Widget.Named("c", "4"))));
        Assert.Equal(["a", "c"], events.Where(e => e.Entity is not null).Select(e => e.Entity!.Metadata.Name));
        var bad = events.Where(e => e.Kind == WatchEventKind.Unreadable).ToList();
        Assert.Equal(5, bad.Count);
        Assert.Equal("x/b", bad[0].Unreadable!.Key.ToString());
        Assert.Equal("3", bad[0].ResourceVersion);
        Assert.Contains("$.spec.size", bad[0].Unreadable!.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("no number", bad[0].Unreadable!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_of_two_megabytes_arrives()
    {
        var big = Widget.Named("big", "2");
        big.Spec = new WidgetSpec { Color = new string('x', 2 * 1024 * 1024) };
        var events = await CollectAsync(WatchBody.Of(ScriptedServer.Event("ADDED", big), ScriptedServer.Bookmark("3")));
        Assert.Equal(2 * 1024 * 1024, events[0].Entity!.Spec!.Color!.Length);
        Assert.Equal("3", events[1].ResourceVersion);
    }

    [Fact]
    public async Task Many_events_in_one_packet_all_arrive()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(i => ScriptedServer.Event("ADDED", Widget.Named($"w{i}", $"{i + 2}"))));
        var events = await CollectAsync(WatchBody.Of(text));
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => $"w{i}"), events.Select(e => e.Entity!.Metadata.Name));
    }

    [Fact]
    public async Task An_event_longer_than_allowed_ends_the_watch_with_an_error()
    {
        var big = Widget.Named("big", "2");
        big.Spec = new WidgetSpec { Color = new string('x', 100_000) };
        var error = await Fails.AsAsync(ApiFailure.Unavailable, () => CollectAsync(WatchBody.Of(ScriptedServer.Event("ADDED", big)), Query with { LongestEvent = 50_000 }));
        Assert.Contains("50000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_event_says_what_the_server_said()
    {
        var events = await CollectAsync(WatchBody.Of(ScriptedServer.ErrorEvent(410, "Expired")));
        Assert.Equal(WatchEventKind.Error, Assert.Single(events).Kind);
        Assert.True(events[0].Error is { Kind: ApiFailure.Expired });
    }

    [Fact]
    public async Task A_watch_closed_without_an_event_just_ends() => Assert.Empty(await CollectAsync(WatchBody.Of()));

    [Fact]
    public async Task A_last_line_without_an_end_is_not_taken_for_an_event() =>
        Assert.Empty(await CollectAsync(WatchBody.Of(ScriptedServer.Event("ADDED", Widget.Named("a", "2")).TrimEnd('\n'))));

    [Fact]
    public async Task A_broken_connection_is_an_error()
    {
        var body = new WatchBody();
        body.Write(ScriptedServer.Event("ADDED", Widget.Named("a", "2")));
        body.Break();
        await Fails.AsAsync(ApiFailure.Unavailable, () => CollectAsync(body));
    }

    [Fact]
    public async Task A_refused_connection_is_an_error()
    {
        var server = new ScriptedServer().OnWatch(ScriptedServer.Refused());
        await Fails.AsAsync(ApiFailure.Unavailable, () => CollectAsync(server, Query));
    }

    [Fact]
    public async Task A_server_that_sends_no_headers_is_given_up()
    {
        var server = new ScriptedServer().OnWatch(ScriptedServer.Hang());
        var reading = CollectAsync(server, Query);
        await Eventually.HoldsAsync(() => server.Requests.Count == 1, "the request is sent");
        _time.Advance(WatchStream.HeaderTimeout - TimeSpan.FromSeconds(1));
        await Eventually.SettleAsync();
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Fails.AsAsync(ApiFailure.Unavailable, () => reading.InTimeAsync("the watch is given up"));
    }

    [Fact]
    public async Task A_half_open_connection_is_given_up_after_the_watch_should_have_ended()
    {
        var body = new WatchBody();
        var reading = CollectAsync(body);
        await body.WhenOpened.InTimeAsync("the watch is open");
        await body.ReadAsync(ScriptedServer.Bookmark("2"));
        _time.Advance(TimeSpan.FromSeconds(150));
        await body.ReadAsync(ScriptedServer.Bookmark("3"));
        _time.Advance(TimeSpan.FromSeconds(150));
        await Eventually.SettleAsync();
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(60));
        await Fails.AsAsync(ApiFailure.Unavailable, () => reading.InTimeAsync("the watch is given up"));
    }

    [Fact]
    public async Task Leaving_the_enumeration_closes_the_connection()
    {
        var body = new WatchBody();
        body.Write(ScriptedServer.Event("ADDED", Widget.Named("a", "2")));
        var server = new ScriptedServer().OnWatch(ScriptedServer.Stream(body));
        using var transport = server.Transport();
        await foreach (var _ in new WatchStream(transport, ScriptedServer.Json, _time).OpenAsync<Widget>(Query, TestContext.Current.CancellationToken))
            break;
        await body.WhenClosed.InTimeAsync("the connection is closed");
    }

    [Fact]
    public async Task Cancelling_ends_a_quiet_watch_at_once()
    {
        var body = new WatchBody();
        var server = new ScriptedServer().OnWatch(ScriptedServer.Stream(body));
        using var transport = server.Transport();
        using var stop = new CancellationTokenSource();
        var reading = CollectUntilAsync(server, Query, stop.Token);
        await body.WhenOpened.InTimeAsync("the watch is open");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.InTimeAsync("the watch ends"));
        await body.WhenClosed.InTimeAsync("the connection is closed");
    }

    [Fact]
    public async Task The_request_asks_for_bookmarks_from_the_version_given()
    {
        var server = new ScriptedServer().OnWatch(ScriptedServer.Stream(WatchBody.Of()));
        await CollectAsync(server, Query with { Namespace = "team a", LabelSelector = "a=b,c!=d", ResourceVersion = "77" });
        Assert.Equal(
            "/apis/example.test/v1/namespaces/team%20a/widgets?watch=true&allowWatchBookmarks=true&timeoutSeconds=200&resourceVersion=77&labelSelector=a%3Db%2Cc%21%3Dd",
            server.Requests.Single().PathAndQuery);
    }

    private async Task<string[]> ReadAsync(IEnumerable<byte[]> pieces)
    {
        var body = new WatchBody();
        foreach (var piece in pieces)
            body.Write(piece);
        body.End();
        return [.. (await CollectAsync(body)).Select(e => $"{e.Kind} {e.Entity?.Metadata.Name} {e.ResourceVersion}")];
    }

    private Task<List<WatchEvent<Widget>>> CollectAsync(WatchBody body, WatchQuery? query = null) =>
        CollectAsync(new ScriptedServer().OnWatch(ScriptedServer.Stream(body)), query ?? Query);

    private Task<List<WatchEvent<Widget>>> CollectAsync(ScriptedServer server, WatchQuery query) =>
        CollectUntilAsync(server, query, TestContext.Current.CancellationToken);

    private async Task<List<WatchEvent<Widget>>> CollectUntilAsync(ScriptedServer server, WatchQuery query, CancellationToken cancellationToken)
    {
        using var transport = server.Transport();
        var events = new List<WatchEvent<Widget>>();
        await foreach (var @event in new WatchStream(transport, ScriptedServer.Json, _time).OpenAsync<Widget>(query, cancellationToken))
            events.Add(@event);
        return events;
    }
}
