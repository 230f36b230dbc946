using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Control;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;
using MockOperator.Runtime.Tests.Requests;

namespace MockOperator.Runtime.Tests.Control;

public sealed class BundlePushTests : IAsyncLifetime
{
    private readonly MountedBundle _bundle = new();
    private BundleHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bundle.Publish("r1", "mounted");
        _host = await BundleHost.StartAsync(_bundle);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _bundle.Dispose();
    }

    [Fact]
    public async Task A_pushed_bundle_is_served_when_the_push_is_answered()
    {
        (HttpStatusCode status, string answer) = await _host.PushAsync(PushedBundle.Body("r2", "pushed"), supersedes: "r1");
        Assert.Equal((HttpStatusCode.OK, "{\"revision\":\"r2\",\"examples\":1,\"problem\":null}"), (status, answer));
        Assert.Equal("pushed", await _host.Mock.GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task Whoever_waits_for_the_revision_is_told_at_once()
    {
        Task<string> waiting = _host.WaitForAsync("r2");
        await _host.PushAsync(PushedBundle.Body("r2", "pushed"), supersedes: "r1");
        Assert.Contains("\"revision\":\"r2\"", await waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_in_compressed_parts_is_pushed_like_any_other()
    {
        byte[] collection = Encoding.UTF8.GetBytes(
            """{"info":{"name":"c"},"item":[{"name":"i","request":{"method":"GET","url":"http://x/"},"response":[{"name":"e","originalRequest":{"method":"GET","url":"http://x/"},"code":200,"body":"from a collection"}]}]}""");
        var files = MountedBundle.Pack("r2", new MockDefinition { Name = "petstore", Namespace = "shop" }, collection, gzip: true, partBytes: 60);
        Assert.True(files.Count > 3);
        Assert.Equal(HttpStatusCode.OK, (await _host.PushAsync(PushedBundle.Body(files), supersedes: "r1")).Status);
        Assert.Equal("from a collection", await _host.Mock.GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task A_wrong_token_is_refused_before_any_of_the_body_is_read()
    {
        await using RawClient client = await RawClient.ConnectAsync(_host.Host.ControlPort, Cancel);
        await client.SendAsync($"PUT /control/v1/bundle HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\nContent-Length: 1000000\r\n\r\n", Cancel);
        Assert.StartsWith("HTTP/1.1 401 ", await client.ReadResponseAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/control/v1/bundle")]
    [InlineData("POST", "/control/v1/bundle")]
    [InlineData("PUT", "/control/v1/revision")]
    public async Task Nothing_else_takes_a_body(string method, string path)
    {
        await using RawClient client = await RawClient.ConnectAsync(_host.Host.ControlPort, Cancel);
        await client.SendAsync($"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MountedBundle.Token}\r\nContent-Length: 1000000\r\n\r\n", Cancel);
        Assert.StartsWith("HTTP/1.1 404 ", await client.ReadResponseAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_without_the_hash_that_the_index_names_is_refused()
    {
        var files = PushedBundle.Files("r2", "pushed");
        files[files.GetAt(1).Key][^2] ^= 1;
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, PushedBundle.Body(files), "not yet the part");
    }

    [Fact]
    public async Task Content_that_cannot_be_served_is_refused_with_the_reason()
    {
        var files = MountedBundle.Pack("r2", MountedBundle.Definition(), "{\"info\": {}}"u8.ToArray());
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, PushedBundle.Body(files), "No example");
    }

    [Fact]
    public async Task A_format_of_tomorrow_is_refused()
    {
        var files = PushedBundle.Files("r2", "pushed");
        BundleIndex index = JsonSerializer.Deserialize(files[BundleIndex.FileName], RuntimeJson.Default.BundleIndex)!;
        files[BundleIndex.FileName] = JsonSerializer.SerializeToUtf8Bytes(index with { FormatVersion = 2 }, RuntimeJson.Default.BundleIndex);
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, PushedBundle.Body(files), "format 2");
    }

    [Fact]
    public async Task A_push_cannot_change_who_may_push()
    {
        var files = PushedBundle.Files("r2", "pushed");
        BundleIndex index = JsonSerializer.Deserialize(files[BundleIndex.FileName], RuntimeJson.Default.BundleIndex)!;
        files[BundleIndex.FileName] = JsonSerializer.SerializeToUtf8Bytes(index with { ControlTokenHash = new string('0', 64) }, RuntimeJson.Default.BundleIndex);
        await RefusedAsync(HttpStatusCode.Conflict, PushedBundle.Body(files), "control token");
    }

    [Fact]
    public async Task A_bundle_of_another_mock_is_refused()
    {
        var files = MountedBundle.Pack("r2", MountedBundle.Definition(MountedBundle.Example("/", "x")) with { Name = "other" });
        await RefusedAsync(HttpStatusCode.Conflict, PushedBundle.Body(files), "another mock");
    }

    [Fact]
    public async Task A_push_that_does_not_know_what_is_served_comes_too_late()
    {
        await RefusedAsync(HttpStatusCode.Conflict, PushedBundle.Body("r0", "old"), "not said to replace r1", supersedes: "before,long-before");
    }

    [Fact]
    public async Task More_than_may_be_pushed_is_refused_by_its_announced_length()
    {
        await using RawClient client = await RawClient.ConnectAsync(_host.Host.ControlPort, Cancel);
        await client.SendAsync(
            $"PUT /control/v1/bundle HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MountedBundle.Token}\r\nContent-Length: {BundleTransfer.MaxBytes + 1}\r\n\r\n", Cancel);
        Assert.StartsWith("HTTP/1.1 413 ", await client.ReadResponseAsync(Cancel, hasBody: false), StringComparison.Ordinal);
        Assert.Equal("mounted", await _host.Mock.GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task A_frame_that_announces_too_much_takes_no_memory()
    {
        using var body = new MemoryStream();
        PushedBundle.WriteFrame(body, uint.MaxValue, [1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        body.Position = 0;
        var (files, refusal) = await new BundleBody(body).ReadAsync(Cancel);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
        Assert.Null(files);
        Assert.Equal(413, refusal!.Status);
    }

    [Fact]
    public async Task Frames_are_bounded_together_whatever_the_body_announces()
    {
        var files = PushedBundle.Files("r2", "pushed");
        files[files.GetAt(1).Key] = new byte[BundleTransfer.MaxBytes - files[BundleIndex.FileName].Length];
        var (read, refusal) = await new BundleBody(new MemoryStream(PushedBundle.Body(files))).ReadAsync(Cancel);
        Assert.Null(read);
        Assert.Equal(413, refusal!.Status);
    }

    [Fact]
    public async Task What_follows_the_last_part_is_refused() =>
        await RefusedAsync(HttpStatusCode.BadRequest, [.. PushedBundle.Body("r2", "pushed"), 0], "more follows");

    [Theory]
    [InlineData("", "no revision")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "no revision")]
    public async Task A_revision_has_a_name(string revision, string problem) => await RefusedAsync(HttpStatusCode.BadRequest, PushedBundle.Body(revision, "x"), problem);

    [Fact]
    public async Task Too_many_replaced_revisions_are_refused() =>
        await RefusedAsync(HttpStatusCode.BadRequest, PushedBundle.Body("r2", "x"), "supersedes names more than 16", string.Join(',', Enumerable.Range(0, 17).Select(static n => $"r{n}")));

    [Fact]
    public async Task No_truncated_or_altered_body_is_served()
    {
        byte[] good = PushedBundle.Body("r2", "pushed");
        await Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[1, 255], Gen.Int[0, good.Length], Gen.Bool).SampleAsync(
            async (position, flip, length, isAltered) =>
            {
                byte[] body = isAltered ? [.. good] : good[..Math.Min(length, good.Length - 1)];
                if (isAltered)
                {
                    body[position] ^= (byte)flip;
                }

                var (files, refusal) = await new BundleBody(new MemoryStream(body)).ReadAsync(Cancel);
                if (!isAltered)
                {
                    Assert.Equal(400, refusal!.Status);
                }

                Assert.NotEqual(files is null, refusal is null);
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_no_fault_of_the_runtime()
    {
        var (files, refusal) = await new BundleBody(new LostConnection()).ReadAsync(Cancel);
        Assert.Null(files);
        Assert.NotNull(refusal);
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_holds_up_the_next_for_ten_seconds_at_most()
    {
        var time = new FakeTimeProvider();
        await using BundleHost host = await BundleHost.StartAsync(_bundle, time: time);
        await using RawClient stalled = await RawClient.ConnectAsync(host.Host.ControlPort, Cancel);
        await stalled.SendAsync($"PUT /control/v1/bundle HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MountedBundle.Token}\r\nContent-Length: 1000\r\n\r\nabc", Cancel);
        Task<string> answer = stalled.ReadResponseAsync(Cancel, hasBody: false);
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(answer, Task.Delay(10, Cancel));
        }

        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.PushAsync(PushedBundle.Body("r2", "next"), supersedes: "r1")).Status);
    }

    [Fact]
    public async Task A_sender_that_leaves_in_the_middle_changes_nothing()
    {
        byte[] body = PushedBundle.Body("r2", "pushed");
        await using (RawClient client = await RawClient.ConnectAsync(_host.Host.ControlPort, Cancel))
        {
            await client.SendAsync($"PUT /control/v1/bundle?supersedes=r1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MountedBundle.Token}\r\nContent-Length: {body.Length}\r\n\r\nabc", Cancel);
        }

        // The next has its turn, so the one before has ended.
        Assert.Equal(HttpStatusCode.OK, (await _host.PushAsync(PushedBundle.Body("r3", "next"), supersedes: "r1,r2")).Status);
        Assert.Equal("next", await _host.Mock.GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task Pushes_under_load_fail_no_request()
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<int>[] clients = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => CallUntilAsync(done.Token)))];
        for (int number = 2; number <= 30; number++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _host.PushAsync(PushedBundle.Body($"r{number}", $"mounted {number}"), supersedes: $"r{number - 1}")).Status);
            Assert.Equal($"mounted {number}", await _host.Mock.GetStringAsync("/", Cancel));
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(clients), static calls => Assert.True(calls > 0));
    }

    private async Task<int> CallUntilAsync(CancellationToken done)
    {
        int calls = 0;
        while (!done.IsCancellationRequested)
        {
            Assert.StartsWith("mounted", await _host.Mock.GetStringAsync("/", CancellationToken.None), StringComparison.Ordinal);
            calls++;
        }

        return calls;
    }

    private async Task RefusedAsync(HttpStatusCode expected, byte[] body, string problem, string supersedes = "r1")
    {
        (HttpStatusCode status, string answer) = await _host.PushAsync(body, supersedes);
        Assert.Equal(expected, status);
        Assert.Contains(problem, JsonDocument.Parse(answer).RootElement.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Contains("\"revision\":\"r1\"", answer, StringComparison.Ordinal);
        Assert.Equal("mounted", await _host.Mock.GetStringAsync("/", Cancel));
    }

    private sealed class LostConnection : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("reset by peer");
    }
}
