using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Client.Tests.Cluster;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Forwarding;

namespace MockOperator.Client.Tests.Forwarding;

public sealed class PodPortTests : IAsyncLifetime
{
    private readonly Deadline _deadline = new();
    private FakeCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await FakeCluster.StartAsync(pods: 1);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _deadline.Dispose();
    }

    private CancellationToken Ends => _deadline.Token;

    private FakePod Pod => _cluster.Pods["shop-0"];

    [Fact]
    public async Task A_pod_is_asked_over_HTTP_with_the_callers_credentials()
    {
        Pod.Instead = async context =>
        {
            await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Host} {await new StreamReader(context.Request.Body).ReadToEndAsync()}");
            return true;
        };
        using var client = Client();

        using var answer = await client.PostAsync("/x", new StringContent("hello"), Ends);

        Assert.Equal("POST localhost:9092 hello", await answer.Content.ReadAsStringAsync(Ends));
        Assert.All(_cluster.Credentials, c => Assert.Equal("Bearer of-the-caller", c));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(3_000_000)]
    public async Task Bytes_pass_as_they_are_in_both_directions(int length)
    {
        Pod.Instead = async context =>
        {
            await context.Request.Body.CopyToAsync(context.Response.Body);
            return true;
        };
        using var client = Client();
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        using var answer = await client.PostAsync("/x", new ByteArrayContent(bytes), Ends);

        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Ends));
    }

    [Fact]
    public async Task Requests_share_a_connection_and_it_ends_with_the_client()
    {
        using (var client = Client())
        {
            for (var i = 0; i < 5; i++)
                await client.GetStringAsync("/calls?limit=1", Ends);
            Assert.Single(_cluster.Forwards);
        }

        await Eventually.HoldsAsync(() => _cluster.OpenForwards == 0, "the forwarding ends");
    }

    [Fact]
    public async Task Who_gives_up_closes_the_socket()
    {
        Pod.Instead = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        using var client = Client();
        using var giveUp = new CancellationTokenSource();
        var asking = client.GetAsync("/x", giveUp.Token);
        await Eventually.HoldsAsync(() => !Pod.Asked.IsEmpty, "the pod is asked");

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Eventually.HoldsAsync(() => _cluster.OpenForwards == 0, "the forwarding ends");
    }

    [Fact]
    public async Task A_right_that_is_missing_is_named()
    {
        _cluster.Forbidden["portforward"] = true;

        var failure = await FailsAsync("shop-0");

        Assert.Equal(PodPortFailure.Forbidden, failure.Kind);
        Assert.Contains("`create` on `pods/portforward` in the namespace tests", failure.Message, StringComparison.Ordinal);
        Assert.Contains("User \"u\" cannot get", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_that_is_not_there_is_gone() => Assert.Equal(PodPortFailure.Gone, (await FailsAsync("shop-9")).Kind);

    [Theory]
    [InlineData(400, PodPortFailure.Gone)]
    [InlineData(401, PodPortFailure.Forbidden)]
    [InlineData(500, PodPortFailure.Unreachable)]
    [InlineData(503, PodPortFailure.Unreachable)]
    [InlineData(200, PodPortFailure.Unreachable)]
    public async Task An_answer_without_an_upgrade_is_told_by_its_kind(int status, PodPortFailure kind)
    {
        _cluster.UpgradeStatus = status;

        Assert.Equal(kind, (await FailsAsync("shop-0")).Kind);
    }

    [Theory]
    [InlineData("failed to connect to localhost:9092 inside namespace \"x\", IPv4: dial tcp4 127.0.0.1:9092: connect: connection refused IPv6 …", PodPortFailure.NothingListens)]
    [InlineData("container not running (0123)", PodPortFailure.Gone)]
    [InlineData("an error occurred when try to find sandbox \"0\": not found", PodPortFailure.Gone)]
    [InlineData("i/o timeout", PodPortFailure.Unreachable)]
    public async Task What_the_node_says_is_passed_on(string said, PodPortFailure kind)
    {
        _cluster.Trouble = _ => said;

        var failure = await FailsAsync("shop-0");

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_complaint_is_cut()
    {
        _cluster.Trouble = _ => new string('x', 1_000_000);

        Assert.InRange((await FailsAsync("shop-0")).Message.Length, 100, 2000);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_not_waited_for_for_ever()
    {
        var time = new FakeTimeProvider();
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var transport = MockOperator.Kubernetes.Client.ApiTransport.Connect(new k8s.KubernetesClientConfiguration { Host = $"http://{listener.LocalEndpoint}" });

        var opening = new PodPort(transport, new ObjectKey("tests", "shop-0"), 9092, time).OpenAsync(Ends);
        await Eventually.HoldsAsync(() => opening.IsCompleted, "it is given up", time);

        var failure = await Assert.ThrowsAsync<PodPortException>(() => opening);
        Assert.Equal(PodPortFailure.Unreachable, failure.Kind);
        Assert.Contains("in time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_read_wherever_they_are_cut()
    {
        _cluster.Forwarding = async (socket, ends) =>
        {
            await socket.SendAsync(1, new byte[] { 0x84 }, ends);
            await socket.SendAsync(0, new byte[] { 0x84 }, ends);
            await socket.SendAsync(1, new byte[] { 0x23 }, ends);
            await socket.SendAsync(7, "not ours"u8.ToArray(), ends);
            await socket.SendAsync(0, Array.Empty<byte>(), ends);
            await socket.SendAsync(0, (byte[])[0x23, .. "ab"u8], ends);
            await socket.SendAsync(0, "c"u8.ToArray(), ends);
            await socket.CloseAsync(1000, ends);
        };

        Assert.Equal("abc", await ReadAllAsync());
    }

    [Fact]
    public async Task What_came_before_a_complaint_is_read_and_then_it_is_told()
    {
        _cluster.Forwarding = async (socket, ends) =>
        {
            await socket.SendAsync(0, (byte[])[0x84, 0x23, .. "ab"u8], ends);
            await socket.SendAsync(1, (byte[])[0x84, 0x23, .. "container not running"u8], ends);
            await socket.ReceiveAsync(ends);
        };
        await using var stream = await Port("shop-0").OpenAsync(Ends);
        var buffer = new byte[2];

        await stream.ReadExactlyAsync(buffer, Ends);
        Assert.Equal(PodPortFailure.Gone, (await Assert.ThrowsAsync<PodPortException>(async () => await stream.ReadExactlyAsync(buffer, Ends))).Kind);
        Assert.Equal(PodPortFailure.Gone, (await Assert.ThrowsAsync<PodPortException>(async () => await stream.ReadExactlyAsync(buffer, Ends))).Kind);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_not_taken_for_one_that_ended()
    {
        _cluster.Forwarding = (socket, ends) => socket.SendAsync(0, (byte[])[0x84, 0x23, .. "ab"u8], ends);

        Assert.Equal(PodPortFailure.Unreachable, (await Assert.ThrowsAsync<PodPortException>(ReadAllAsync)).Kind);
    }

    [Fact]
    public async Task A_close_with_an_error_is_not_taken_for_an_end()
    {
        _cluster.Forwarding = (socket, ends) => socket.CloseAsync(1011, ends);

        Assert.Equal(PodPortFailure.Unreachable, (await Assert.ThrowsAsync<PodPortException>(ReadAllAsync)).Kind);
    }

    [Fact]
    public async Task An_answer_for_another_port_is_not_taken()
    {
        _cluster.Forwarding = (socket, ends) => socket.SendAsync(0, (byte[])[0x23, 0x84, .. "ab"u8], ends);

        Assert.Equal(PodPortFailure.Unreachable, (await Assert.ThrowsAsync<PodPortException>(ReadAllAsync)).Kind);
    }

    [Fact]
    public async Task A_slow_reader_makes_the_peer_wait()
    {
        long sent = 0;
        _cluster.Forwarding = async (socket, ends) =>
        {
            await socket.SendAsync(0, new byte[] { 0x84, 0x23 }, ends);
            while (true)
            {
                await socket.SendAsync(0, new byte[1024 * 1024], ends);
                Interlocked.Add(ref sent, 1024 * 1024);
            }
        };
        await using var stream = await Port("shop-0").OpenAsync(Ends);
        var buffer = new byte[1024];
        await stream.ReadExactlyAsync(buffer, Ends);

        // It stands still once the buffers of both systems are full.
        long before;
        do
        {
            before = Interlocked.Read(ref sent);
            await Task.Delay(200, Ends);
            Assert.InRange(before, 0, 64 * 1024 * 1024);
        }
        while (Interlocked.Read(ref sent) != before);
    }

    private PodPort Port(string pod) => new(_cluster.Connect(), new ObjectKey("tests", pod), 9092);

    private HttpClient Client(string pod = "shop-0") => new(new PodPortHandler(Port(pod))) { BaseAddress = new Uri("http://localhost:9092") };

    private async Task<PodPortException> FailsAsync(string pod)
    {
        using var client = Client(pod);
        return await Assert.ThrowsAsync<PodPortException>(() => client.GetAsync("/calls", Ends)).InTimeAsync("the request fails");
    }

    private async Task<string> ReadAllAsync()
    {
        await using var stream = await Port("shop-0").OpenAsync(Ends);
        var all = new MemoryStream();
        await stream.CopyToAsync(all, Ends);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
