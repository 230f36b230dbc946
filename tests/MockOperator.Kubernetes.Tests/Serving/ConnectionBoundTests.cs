using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MockOperator.Kubernetes.Serving;

namespace MockOperator.Kubernetes.Tests.Serving;

/// <summary>A real server with four places.</summary>
public sealed class ConnectionBoundTests : IAsyncLifetime
{
    private const int Places = 4;

    // Whoever accepts has taken a place for the next one already.
    private const int Accepting = 1;
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<TcpClient> _clients = [];
    private WebApplication _app = null!;
    private OpenConnections _connections = null!;
    private int _port;

    private int Alive => (2 * Places) - _connections.Alive.CurrentCount - Accepting;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().BoundConnections(Places).ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _connections = _app.Services.GetRequiredService<OpenConnections>();
        _app.Run(async http =>
        {
            if (http.Request.Path == "/slow")
            {
                await _release.Task;
            }

            await http.Response.WriteAsync("ok");
        });
        await _app.StartAsync(Cancel);
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    [Fact]
    public async Task Silent_ones_however_many_keep_nobody_out()
    {
        for (int round = 1; round <= 5; round++)
        {
            for (int number = 0; number < 5 * Places; number++)
            {
                await ConnectInVainAsync();
            }

            Assert.EndsWith("ok", await AskAsync(await ConnectAsync(), "/"), StringComparison.Ordinal);
            Assert.InRange(Alive, 1, 2 * Places);
        }
    }

    [Fact]
    public async Task One_that_has_a_request_keeps_its_place_before_those_that_have_none()
    {
        TcpClient asking = await ConnectAsync();
        Task<string> answer = AskAsync(asking, "/slow");
        await UntilAsync(() => Alive == 1 && _connections.Busy == 1);
        for (int number = 0; number < 5 * Places; number++)
        {
            await ConnectInVainAsync();
        }

        await UntilAsync(() => _connections.Evicted > 0);
        _release.SetResult();
        Assert.EndsWith("ok", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_have_a_request_the_first_makes_room()
    {
        var answers = new List<Task<string>>();
        for (int number = 0; number < Places; number++)
        {
            answers.Add(AskAsync(await ConnectAsync(), "/slow"));
            await UntilAsync(() => _connections.Busy == answers.Count);
        }

        Assert.EndsWith("ok", await AskAsync(await ConnectAsync(), "/"), StringComparison.Ordinal);
        Assert.Equal(1, _connections.Evicted);
        _release.SetResult();
        string[] all = await Task.WhenAll(answers);
        Assert.Equal(Places - 1, all.Count(static text => text.EndsWith("ok", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Places_come_back()
    {
        for (int number = 0; number < 10 * Places; number++)
        {
            Assert.EndsWith("ok", await AskAsync(await ConnectAsync(), "/"), StringComparison.Ordinal);
        }

        await UntilAsync(() => Alive == 0);
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        _clients.ForEach(static client => client.Dispose());
        await _app.DisposeAsync();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, deadline.Token);
        }
    }

    /// <returns>The answer, to the end of its body; nothing when the connection was closed without one.</returns>
    private static async Task<string> AskAsync(TcpClient client, string path)
    {
        var text = new StringBuilder();
        try
        {
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), Cancel);
            var buffer = new byte[1024];
            while (await stream.ReadAsync(buffer, Cancel) is > 0 and var read)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            // It made room.
        }

        return text.ToString().Replace("\r\n0\r\n\r\n", "", StringComparison.Ordinal).TrimEnd();
    }

    /// <summary>Connects and says nothing. It may have to make room before it knows that it is connected.</summary>
    private async Task ConnectInVainAsync()
    {
        try
        {
            await ConnectAsync();
        }
        catch (SocketException)
        {
            // So it was.
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        _clients.Add(client);
        await client.ConnectAsync(IPAddress.Loopback, _port, Cancel);
        return client;
    }
}
