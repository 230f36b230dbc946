using System.Net;
using System.Text;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Tests.Server;
using static MockOperator.Kubernetes.Tests.Server.ScriptedServer;

namespace MockOperator.Kubernetes.Tests.Client;

public sealed class ListReadingTests : IDisposable
{
    // As servers write one, and as they never would: members that nobody knows, before and after, null, other types, white space.
    private const string Odd = """
        { "kind": "WidgetList", "extra": {"items": [1, {"metadata": {"resourceVersion": "9"}}]}, "more": [null, "]}"],
          "items" : [ {"metadata": {"name": "ä\"}]", "namespace": "x", "labels": {"a": "b"}, "managedFields": [{"manager": "m", "fieldsV1": {"f:spec": {}}}]}, "spec": {"size": 7, "unknown": [[{}]]}},
            null , 5, "text", {"metadata": {"name": "bad", "resourceVersion": "4"}, "spec": {"size": "wide"}}, {"metadata": {"name": "last"}} ],
          "metadata": {"resourceVersion": "12", "remainingItemCount": 3, "continue": "next"}, "tail": 1.5e3 }
        """;

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedServer _server = new();
    private readonly ApiTransport _transport;
    private readonly ResourceClient _client;

    public ListReadingTests()
    {
        _transport = _server.Transport();
        _client = new ResourceClient(_transport, new ResourceClientOptions { Json = ScriptedServer.Json, FirstRetryDelay = TimeSpan.Zero, Random = new Random(1) }, _time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _transport.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task A_list_is_read_wherever_the_network_cuts_it(int piece)
    {
        _server.OnUnary(Pieces(Encoding.UTF8.GetBytes(Odd), piece));
        var page = await PageAsync();
        Assert.Equal(["ä\"}]", "last"], page.Items.Select(static one => one.Metadata.Name));
        Assert.Equal(7, page.Items[0].Spec!.Size);
        Assert.Equal(("12", "next"), (page.ResourceVersion, page.Continue));
        Assert.Equal([null, null, null, new ObjectKey("", "bad")], page.Unreadable.Select(static one => one.Key));
        Assert.Equal("JsonException at $.spec.size", page.Unreadable[3].Problem);
    }

    [Fact]
    public async Task Many_objects_of_any_length_are_read_in_their_order()
    {
        var sizes = Enumerable.Range(0, 60).Select(static i => i * i * i).ToList();
        _server.OnUnary(Pieces(Encoding.UTF8.GetBytes(ListBody("1", null, sizes.Select(static size => ToJson(Of(size))))), 10_007));
        var kept = await _client.ListPageAsync<Widget, int>(new ListQuery(), static one => one.Spec!.Color!.Length, Cancel);
        Assert.Equal(sizes, kept.Items);
    }

    [Fact]
    public async Task What_is_not_kept_of_objects_takes_no_memory()
    {
        var content = new string('x', 200_000);
        var body = Encoding.UTF8.GetBytes(ListBody("1", null, Enumerable.Range(0, 100).Select(i => $$$"""{"metadata":{"name":"w{{{i}}}"},"spec":{"content":{"text":"{{{content}}}"} } }""")));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var page = await new ListReading<Widget, string>(ScriptedServer.Json, static one => one.Metadata.Name).ReadAsync(new MemoryStream(body), Cancel);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(100, page.Items.Count);
        Assert.InRange(allocated, 1, body.Length / 10);
    }

    [Fact]
    public async Task An_object_that_is_too_deep_spoils_only_itself()
    {
        var deep = """{"metadata":{"name":"deep"},"spec":{"unknown":""" + new string('[', 5000) + new string(']', 5000) + "}}";
        _server.OnUnary(Answer(ListBody("1", null, [ToJson(Widget.Named("a")), deep, ToJson(Widget.Named("b"))])));
        var page = await PageAsync();
        Assert.Equal(["a", "b"], page.Items.Select(static one => one.Metadata.Name));
        Assert.Equal("deep", Assert.Single(page.Unreadable).Key?.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":{}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[{}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[{]]}""")]
    [InlineData("""{"items":[{"metadata":{"resourceVersion":"1"}}]}""")]
    [InlineData("<html>")]
    public async Task What_is_no_list_is_said_to_be_none(string body)
    {
        _server.OnUnary(Answer(body));
        Assert.Equal("Unreadable", (await Assert.ThrowsAsync<ApiException>(PageAsync)).Error.Reason);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Items_that_are_null_are_none()
    {
        _server.OnUnary(Answer("""{"items":null,"metadata":{"resourceVersion":"1","continue":""}}"""));
        var page = await PageAsync();
        Assert.Empty(page.Items);
        Assert.Null(page.Continue);
    }

    [Fact]
    public async Task An_object_without_an_end_is_given_up()
    {
        _server.OnUnary((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new EndlessBody("""{"metadata":{"resourceVersion":"1"},"items":[{"spec":{"color":" """)) }));
        Assert.Contains("longer than 16 MiB", (await Assert.ThrowsAsync<ApiException>(PageAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again_and_nothing_comes_twice()
    {
        var whole = Encoding.UTF8.GetBytes(ListBody("1", null, Enumerable.Range(0, 2000).Select(static i => ToJson(Widget.Named($"w{i}")))));
        _server.OnUnary(Pieces(whole, 50_000, breaksAfter: 150_000), Pieces(whole, 50_000));
        var kept = 0;
        var page = _client.ListPageAsync<Widget, string>(new ListQuery(), one => $"{one.Metadata.Name} {++kept}", Cancel);
        await Eventually.HoldsAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return page.IsCompleted;
        }, "it is asked again");
        Assert.Equal(2000, (await page).Items.Count);
        Assert.True(kept > 2000, "The first attempt has read something.");
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task A_list_that_has_expired_goes_on_where_the_server_says()
    {
        _server.OnUnary(
            List("1", "old", Widget.Named("a")),
            Answer("""{"kind":"Status","metadata":{"continue":"by-now"},"status":"Failure","code":410,"reason":"Expired","message":"The provided continue parameter is too old to display a consistent list result."}""", HttpStatusCode.Gone),
            List("8", "more", Widget.Named("b")),
            List("8", null, Widget.Named("c")));
        Assert.Equal(["a", "b", "c"], await NamesAsync());
        Assert.Equal(["", "old", "by-now", "more"], _server.Requests.Select(static request => System.Web.HttpUtility.ParseQueryString(request.PathAndQuery.Split('?')[1])["continue"] ?? ""));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"continue":""}""")]
    [InlineData("""{"continue":"old"}""")]
    [InlineData("7")]
    public async Task A_list_that_has_expired_for_good_is_no_short_list(string metadata)
    {
        _server.OnUnary(
            List("1", "old", Widget.Named("a")),
            Answer($$"""{"kind":"Status","metadata":{{metadata}},"status":"Failure","code":410,"reason":"Expired","message":"too old"}""", HttpStatusCode.Gone));
        await Fails.AsAsync(ApiFailure.Expired, NamesAsync);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Programs_that_do_not_ask_are_not_told_which_fields_a_manager_owns()
    {
        const string Body = """{"metadata":{"name":"a","managedFields":[{"manager":"m","operation":"Apply","time":"2026-11-02T10:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{}}}]},"spec":{"size":1}}""";
        _server.OnUnary(Answer(Body));
        var client = new ResourceClient(_transport, new ResourceClientOptions { Json = ApiJson.CreateWithoutOwnership(WidgetJson.Default) }, _time);
        var entry = Assert.Single((await client.GetAsync<Widget>(new ObjectKey("default", "a"), Cancel))!.Metadata.ManagedFields);
        Assert.Equal(("m", "Apply"), (entry.Manager, entry.Operation));
        Assert.NotNull(entry.Time);
        Assert.Null(entry.FieldsV1);
        Assert.NotNull(Assert.Single((await _client.GetAsync<Widget>(new ObjectKey("default", "a"), Cancel))!.Metadata.ManagedFields).FieldsV1);
    }

    private static Widget Of(int size)
    {
        var widget = Widget.Named($"w{size}");
        widget.Spec = new WidgetSpec { Color = new string('x', size) };
        return widget;
    }

    private static Step Pieces(byte[] body, int size, int breaksAfter = int.MaxValue) =>
        (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new PiecewiseBody(body, size, breaksAfter)) });

    private Task<ResourcePage<Widget>> PageAsync() => _client.ListPageAsync<Widget>(new ListQuery(), Cancel);

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var name in _client.ListAsync<Widget, string>(null, static one => one.Metadata.Name, Cancel))
            names.Add(name);
        return names;
    }

    /// <summary>Arrives in pieces, and perhaps breaks off.</summary>
    private sealed class PiecewiseBody(byte[] body, int piece, int breaksAfter) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= breaksAfter ? throw new IOException("The connection broke.") : base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }

    /// <summary>Begins well and never ends.</summary>
    private sealed class EndlessBody(string beginning) : MemoryStream(Encoding.UTF8.GetBytes(beginning))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            buffer.Span[read..].Fill((byte)'x');
            return buffer.Length;
        }
    }
}
