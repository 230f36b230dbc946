using System.Net.Sockets;
using MockOperator.Resources;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Tests.Bundles;

namespace MockOperator.Runtime.Tests.Hosting;

/// <summary>Clients that connect and say nothing, many more than a port has room for.</summary>
public sealed class SilentClientTests
{
    private const int Room = 4;
    private static readonly RuntimeHostOptions Small = BundleHost.Loopback with { MaxConnections = Room, MaxInternalConnections = Room, InternalKeepAlive = TimeSpan.FromMinutes(10) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_keep_no_probe_out()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        await using BundleHost host = await BundleHost.StartAsync(bundle, Small);
        await using var silent = new SilentClients();
        for (int round = 1; round <= 3; round++)
        {
            // All but those who still have a place have lost it; that of the caller before is free again.
            await silent.ConnectAsync(host.Host.AdminPort, 5 * Room);
            string evicted = $"mock_connections_evicted_total{{port=\"admin\"}} {((5 * round) - 1) * Room}\n";
            await host.Host.MetricsAsync(evicted, $"mock_connections{{port=\"admin\"}} {Room}\n");
            Assert.StartsWith("HTTP/1.1 200 ", await host.Host.AdminPort.AskAsync("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
            await host.Host.MetricsAsync($"mock_connections{{port=\"admin\"}} {Room - 1}\n", "mock_connections_refused_total{port=\"admin\"} 0\n");
        }
    }

    /// <summary>A client that has spoken before its place is asked for is answered, although the server comes to it only later.</summary>
    [Fact]
    public async Task Though_the_pool_is_busy_who_has_spoken_keeps_its_place()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        await using BundleHost host = await BundleHost.StartAsync(bundle, Small);
        await using var silent = new SilentClients();
        await silent.ConnectAsync(host.Host.AdminPort, Room);
        await host.Host.MetricsAsync($"mock_connections{{port=\"admin\"}} {Room}\n");
        for (int round = 0; round < 20; round++)
        {
            await using RawSocket speaker = await RawSocket.ConnectAsync(host.Host.AdminPort);
            await speaker.SendAsync("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            await silent.ConnectAsync(host.Host.AdminPort, 2 * Room);
            Assert.StartsWith("HTTP/1.1 200 ", await speaker.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task They_keep_no_operator_out_and_do_not_end_its_waiting()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        await using BundleHost host = await BundleHost.StartAsync(bundle, Small);
        await using RawSocket waiting = await RawSocket.ConnectAsync(host.Host.ControlPort);
        await waiting.SendAsync($"GET /control/v1/revision?wait=r2&timeoutSeconds=30 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {MountedBundle.Token}\r\n\r\n");
        await Eventually.IsTrueAsync(() => host.Status.IsAwaited, "the operator waits");
        await using var silent = new SilentClients();
        await silent.ConnectAsync(host.Host.ControlPort, 5 * Room);
        await host.Host.MetricsAsync($"mock_connections_evicted_total{{port=\"control\"}} {(4 * Room) + 1}\n");
        Assert.Contains(
            "\"r1\"",
            await host.Host.ControlPort.AskAsync($"GET /control/v1/revision HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {MountedBundle.Token}\r\n\r\n"),
            StringComparison.Ordinal);
        bundle.Publish("r2", "hello again");
        Assert.Contains("\"r2\"", await waiting.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_keep_no_caller_out()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/now", "at once")));
        await using BundleHost host = await BundleHost.StartAsync(bundle, Small);
        await using var silent = new SilentClients();
        await silent.ConnectAsync(host.Host.MockPort, 5 * Room);
        await host.Host.MetricsAsync($"mock_connections_evicted_total{{port=\"mocks\"}} {4 * Room}\n");
        for (int call = 0; call < 3; call++)
        {
            Assert.EndsWith("at once", await host.Host.MockPort.AskAsync("GET /now HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_announces_a_body_and_sends_none_makes_room_too()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(
            MountedBundle.Example("/now", "at once"),
            new ExampleSpec { Request = new ExampleRequestSpec { Method = "POST", Path = "/echo" }, Response = new ExampleResponseSpec { Status = 200, Body = "{{$body}}" } }));
        await using BundleHost host = await BundleHost.StartAsync(bundle, Small);
        await using var silent = new SilentClients();
        await silent.ConnectAsync(host.Host.MockPort, 5 * Room, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n");

        // One whose head nobody has looked at yet keeps its place: while that is so for all, newcomers are turned away.
        await Eventually.IsTrueAsync(
            async () => await host.Host.SumAsync("mock_connections_evicted_total{port=\"mocks\"}", "mock_connections_refused_total{port=\"mocks\"}") == 4 * Room,
            "each has made room, or was turned away");
        Assert.EndsWith("at once", await host.Host.MockPort.AskAsync("GET /now HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(0, host.Host.Memory.Requests.Used);

        // The server calls it a fault to stop reading; it was ours to decide, and nobody's fault.
        Assert.DoesNotContain("outcome=\"error\"", await host.Host.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heads_that_never_end_are_held_within_a_budget_and_leave_others_alone()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/now", "at once")));
        await using BundleHost host = await BundleHost.StartAsync(bundle, BundleHost.Loopback with { RequestBytes = 4 * 1024 * 1024 });
        MemoryBudget heads = host.Host.Memory.Heads;
        await using var silent = new SilentClients();
        string longHead = "GET /now HTTP/1.1\r\nHost: x\r\nX-Long: " + new string('x', 30_000) + "\r\nX-Last: ";

        await silent.ConnectAsync(host.Host.MockPort, 40, longHead);

        await host.Host.MetricsAsync("mock_memory_limit_bytes{of=\"head\"} 1048576\n");
        await Eventually.IsTrueAsync(
            async () => await host.Host.SumAsync("mock_connections_evicted_total{port=\"mocks\"}") > 0 && heads.Peak > heads.Limit / 2 && heads.Used <= heads.Limit,
            "those that were waited for longest have made room");
        Assert.EndsWith(
            "at once",
            await host.Host.MockPort.AskAsync($"GET /now HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: {new string('x', 20_000)}\r\n\r\n"),
            StringComparison.Ordinal);
    }

    /// <summary>Sockets that are only opened.</summary>
    private sealed class SilentClients : IAsyncDisposable
    {
        private readonly List<RawSocket> _clients = [];

        public async Task ConnectAsync(int port, int count, string? words = null)
        {
            for (int number = 0; number < count; number++)
            {
                RawSocket client = await RawSocket.ConnectAsync(port);
                _clients.Add(client);
                try
                {
                    await client.SendAsync(words ?? "");
                }
                catch (SocketException)
                {
                    // It had to make room already.
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (RawSocket client in _clients)
            {
                await client.DisposeAsync();
            }
        }
    }
}
