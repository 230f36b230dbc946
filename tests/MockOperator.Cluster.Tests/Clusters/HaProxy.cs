using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>
/// HAProxy in front of mocks, configured from an Ingress object as HAProxy Technologies' controller does: what the annotations <c>haproxy.org/cors-…</c>
/// say stands in the configuration file as it is.
/// </summary>
internal sealed class HaProxy : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("haproxy-").FullName;
    private Process? _process;

    private HaProxy()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it.</summary>
    /// <param name="ingress">The Ingress as the API server has it.</param>
    /// <param name="backend">Where the Service that it names is reached from here.</param>
    public static async Task<HaProxy> StartAsync(JsonObject ingress, Uri backend)
    {
        var proxy = new HaProxy();
        var port = FreePort();
        proxy.Address = new Uri($"http://127.0.0.1:{port}/");
        var file = Path.Combine(proxy._directory, "haproxy.cfg");
        await File.WriteAllTextAsync(file, $"""
            defaults
              mode http
              timeout connect 5s
              timeout client 10s
              timeout server 10s
            frontend http
              bind 127.0.0.1:{port}
              {string.Join("\n  ", Rules(ingress))}
              default_backend mock
            backend mock
              server mock {backend.Authority}

            """);
        await Command.RunAsync("/usr/sbin/haproxy", ["-c", "-f", file]);
        proxy._process = Process.Start(new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-f", file]));
        await Eventually.TrueAsync(
            "HAProxy listens",
            async () =>
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return true;
            },
            () => File.ReadAllTextAsync(file));
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    // The rules of the controller's documentation of each annotation, in its order.
    private static IEnumerable<string> Rules(JsonObject ingress)
    {
        var annotations = ingress["metadata"]!["annotations"]!;
        string Of(string name) => (string?)annotations[$"haproxy.org/cors-{name}"] ?? throw new InvalidOperationException($"no haproxy.org/cors-{name}");

        Assert.Equal("true", Of("enable"));
        Assert.Equal("true", Of("respond-to-options"));
        yield return "http-request set-var(txn.cors_origin) req.hdr(origin)";
        yield return "http-request return status 204 if METH_OPTIONS";
        var any = Of("allow-origin") == "*";
        var allowed = any ? "{ var(txn.cors_origin) -m found }" : $"{{ var(txn.cors_origin) -m reg {Of("allow-origin")} }}";
        yield return $"http-after-response set-header Access-Control-Allow-Origin {(any ? "*" : "%[var(txn.cors_origin)]")} if {allowed}";
        yield return $"http-after-response set-header Access-Control-Allow-Methods \"{Of("allow-methods")}\" if {allowed}";
        yield return $"http-after-response set-header Access-Control-Allow-Headers \"{Of("allow-headers")}\" if {allowed}";
        // A time of HAProxy: milliseconds unless it has a unit.
        var age = Of("max-age");
        yield return $"http-after-response set-header Access-Control-Max-Age {(age.EndsWith('s') ? int.Parse(age[..^1]) : int.Parse(age) / 1000)} if {allowed}";
        if (Of("allow-credentials") == "true")
            yield return $"http-after-response set-header Access-Control-Allow-Credentials \"true\" if {allowed}";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
