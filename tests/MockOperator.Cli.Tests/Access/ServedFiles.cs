using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Cli.Manifests;
using MockOperator.Runtime.Hosting;

namespace MockOperator.Cli.Tests.Access;

/// <summary>A runtime on free ports of the loopback address that serves manifests, as <c>kubectl-mock serve</c> does.</summary>
internal sealed class ServedFiles : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("served-").FullName;
    private readonly RuntimeHost _host;
    private readonly LocalFollower _follower;
    private ServedFiles()
    {
        _host = new RuntimeHost(
            new RuntimeHostOptions { Address = System.Net.IPAddress.Loopback, Port = 0, AdminPort = 0, ControlPort = 0, CallsPort = 0 }, NullLoggerFactory.Instance, TimeProvider.System);
        _follower = new LocalFollower([_directory], _host.Mocks, _host.State, _host.Metrics, TimeProvider.System);
    }

    public HttpClient Http { get; } = new();

    public Uri Url => new($"http://127.0.0.1:{_host.MockPort}/");

    /// <summary>The ports of a pod, and those that stand for them here.</summary>
    public IReadOnlyDictionary<int, int> Ports => new Dictionary<int, int> { [8080] = _host.MockPort, [9090] = _host.AdminPort, [9092] = _host.CallsPort };

    public static async Task<ServedFiles> OpenAsync(string manifests)
    {
        var served = new ServedFiles();
        served.Write(manifests);
        await served._host.OpenAsync(null, CancellationToken.None);
        return served;
    }

    /// <summary>Replaces what is served, at once.</summary>
    public LocalReload? Write(string manifests)
    {
        File.WriteAllText(Path.Combine(_directory, "mocks.yaml"), manifests);
        return _follower.Look();
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
