using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Tests.Server;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Tests.Client;

/// <summary>Over real HTTP/2 and TLS: what the in-process handlers of the other tests leave out.</summary>
public sealed class ApiTransportTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private int _watching;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(Certificate());
        }));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _app!.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_and_watches_go_over_http_2_with_the_token_and_through_the_outermost_handler(bool wrapped)
    {
        var lanes = new ConcurrentQueue<TransportLane>();
        using var transport = ApiTransport.Connect(Configuration(), wrapped ? lane => new Counting(() => lanes.Enqueue(lane)) : null);
        var client = new ResourceClient(transport, new ResourceClientOptions { Json = ScriptedServer.Json });
        Assert.Equal("a", (await client.GetAsync<Widget>(new ObjectKey("default", "a"), Cancel))!.Metadata.Name);
        await client.ApplyAsync(new Widget { Metadata = new() { Name = "a", NamespaceProperty = "default" } }, cancellationToken: Cancel);
        await foreach (var @event in new WatchStream(transport, ScriptedServer.Json).OpenAsync<Widget>(new WatchQuery { ResourceVersion = "1" }, Cancel))
        {
            Assert.Equal("w", @event.Entity!.Metadata.Name);
            break;
        }

        Assert.Equal(3, _seen.Count);
        Assert.All(_seen, request => Assert.StartsWith("HTTP/2 Bearer secret-token", request, StringComparison.Ordinal));
        Assert.Equal(wrapped ? [TransportLane.Unary, TransportLane.Unary, TransportLane.Watch] : [], lanes);
    }

    [Fact]
    public async Task More_watches_than_a_connection_has_streams_do_not_stop_calls_or_each_other()
    {
        using var transport = ApiTransport.Connect(Configuration());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var watches = Enumerable.Range(0, 130).Select(async _ =>
        {
            try
            {
                await foreach (var @event in new WatchStream(transport, ScriptedServer.Json).OpenAsync<Widget>(new WatchQuery { ResourceVersion = "1" }, stop.Token))
                    Interlocked.Increment(ref _watching);
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }).ToList();
        await Eventually.HoldsAsync(() => Volatile.Read(ref _watching) == 130, "all watches are open");
        var client = new ResourceClient(transport, new ResourceClientOptions { Json = ScriptedServer.Json });
        Assert.NotNull(await client.GetAsync<Widget>(new ObjectKey("default", "a"), Cancel).InTimeAsync("the call is answered"));
        await stop.CancelAsync();
        await Task.WhenAll(watches).InTimeAsync("all watches end");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        var configuration = Configuration();
        configuration.Host = "https://127.0.0.1:1";
        using var transport = ApiTransport.Connect(configuration);
        var client = new ResourceClient(transport, new ResourceClientOptions { Json = ScriptedServer.Json, Retries = 0 });
        await Fails.AsAsync(ApiFailure.Unavailable, () => client.GetAsync<Widget>(new ObjectKey("default", "a"), Cancel));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private KubernetesClientConfiguration Configuration() => new()
    {
        Host = _app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
        SkipTlsVerify = true,
        AccessToken = "secret-token",
    };

    private async Task AnswerAsync(HttpContext context)
    {
        _seen.Enqueue($"{context.Request.Protocol} {context.Request.Headers.Authorization} {context.Request.Path}");
        context.Response.ContentType = "application/json";
        if (!context.Request.Query.ContainsKey("watch"))
        {
            await context.Response.WriteAsync(ScriptedServer.ToJson(Widget.Named("a")), context.RequestAborted);
            return;
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(ScriptedServer.Event("ADDED", Widget.Named("w"))), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.WhenAny(_end.Task, Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));
    }

    private sealed class Counting(Action seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
