using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>nginx in front of mocks, configured from an Ingress object: hosts and path prefixes, and nothing that the object does not say.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nginx-").FullName;
    private Process? _process;

    private NginxProxy()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it.</summary>
    /// <param name="ingress">The Ingress as the API server has it.</param>
    /// <param name="backend">Where the Service that it names is reached from here.</param>
    public static async Task<NginxProxy> StartAsync(JsonObject ingress, Uri backend)
    {
        var proxy = new NginxProxy();
        var port = FreePort();
        proxy.Address = new Uri($"http://127.0.0.1:{port}/");
        var servers = new StringBuilder();
        foreach (var rule in ingress["spec"]!["rules"]!.AsArray())
        {
            servers.AppendLine($"server {{ listen 127.0.0.1:{port}; server_name {(string)rule!["host"]!};");
            foreach (var path in rule["http"]!["paths"]!.AsArray())
                servers.AppendLine($"location {(string)path!["path"]!} {{ proxy_pass http://{backend.Authority}; proxy_set_header Host $host; proxy_http_version 1.1; }}");
            servers.AppendLine("}");
        }

        var directory = proxy._directory;
        await File.WriteAllTextAsync(System.IO.Path.Combine(directory, "nginx.conf"), $$"""
            daemon off; worker_processes 1; pid {{directory}}/pid; error_log {{directory}}/error.log;
            events {}
            http {
              access_log off; client_body_temp_path {{directory}}/a; proxy_temp_path {{directory}}/b; fastcgi_temp_path {{directory}}/c; uwsgi_temp_path {{directory}}/d; scgi_temp_path {{directory}}/e;
              server { listen 127.0.0.1:{{port}} default_server; return 404; }
              {{servers}}
            }
            """);
        proxy._process = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-c", System.IO.Path.Combine(directory, "nginx.conf"), "-e", System.IO.Path.Combine(directory, "error.log")]));
        await Eventually.TrueAsync(
            "nginx listens",
            async () =>
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return true;
            },
            () => File.ReadAllTextAsync(System.IO.Path.Combine(directory, "error.log")));
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
