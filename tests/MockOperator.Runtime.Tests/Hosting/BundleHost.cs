using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Tests.Bundles;

namespace MockOperator.Runtime.Tests.Hosting;

/// <summary>A runtime as <c>run</c> starts it, in this process, on free ports of the loopback address.</summary>
internal sealed class BundleHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly BundleFollower _follower;
    private Task _following = Task.CompletedTask;

    private BundleHost(MountedBundle bundle, RuntimeHostOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        Host = new RuntimeHost(options, loggers, time);
        _follower = new BundleFollower(
            bundle.BundlePath, bundle.SecretsPath, Host.Mocks, Host.State, Host.Metrics, time, NullLogger<BundleFollower>.Instance);
    }

    public RuntimeHost Host { get; }

    public BundleStatus Status => _follower.Status;

    public HttpClient Mock { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public HttpClient Control { get; private set; } = null!;

    public static RuntimeHostOptions Loopback { get; } = new() { Address = IPAddress.Loopback, Port = 0, AdminPort = 0, ControlPort = 0, CallsPort = 0 };

    public static async Task<BundleHost> StartAsync(MountedBundle bundle, RuntimeHostOptions? options = null, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        var host = new BundleHost(bundle, options ?? Loopback, time ?? TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
        host._follower.Look();
        host._following = Task.Run(() => host._follower.RunAsync(host._ended.Token));
        await host.Host.OpenAsync(host._follower, CancellationToken.None);
        host.Mock = Client(host.Host.MockPort);
        host.Admin = Client(host.Host.AdminPort);
        host.Control = Client(host.Host.ControlPort);
        return host;
    }

    public async Task<string> WaitForAsync(string revision)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/control/v1/revision?wait={revision}&timeoutSeconds=30");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + MountedBundle.Token);
        using HttpResponseMessage response = await Control.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Pushes a body to the control port.</summary>
    public async Task<(HttpStatusCode Status, string Answer)> PushAsync(byte[] body, string supersedes = "", string token = MountedBundle.Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/control/v1/bundle?supersedes=" + supersedes) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using HttpResponseMessage response = await Control.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _following;
        _follower.Dispose();
        Mock.Dispose();
        Admin.Dispose();
        Control.Dispose();
        await Host.DisposeAsync();
        _ended.Dispose();
    }

    private static HttpClient Client(int port) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
}
