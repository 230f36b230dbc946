using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Tests.Bundles;

namespace MockOperator.Runtime.Tests.Hosting;

/// <summary>A mock as a pod serves it, on free ports of the loopback address, which sees an edit of what is mounted as soon as it is written.</summary>
internal sealed class MountedMock : IAsyncDisposable
{
    private readonly MountedBundle _bundle = new();
    private readonly RuntimeHost _host = new(BundleHost.Loopback, NullLoggerFactory.Instance, TimeProvider.System);
    private readonly BundleFollower _follower;
    private int _revision;

    private MountedMock() =>
        _follower = new BundleFollower(_bundle.BundlePath, _bundle.SecretsPath, _host.Mocks, _host.State, _host.Metrics, TimeProvider.System, NullLogger<BundleFollower>.Instance);

    public HttpClient Http { get; } = new();

    public Uri Url => new($"http://127.0.0.1:{_host.MockPort}/");

    /// <summary>What the operator is told.</summary>
    public BundleState State => _follower.Status.Current;

    /// <summary>Serves a mock.</summary>
    /// <param name="definition">The mock.</param>
    /// <param name="keys">What is in the Secret of its keys; null when there is none.</param>
    public static async Task<MountedMock> OpenAsync(MockDefinition definition, IReadOnlyDictionary<string, string>? keys = null)
    {
        var mock = new MountedMock();
        mock.Edit(definition, keys);
        await mock._host.OpenAsync(mock._follower, CancellationToken.None);
        return mock;
    }

    /// <summary>Mounts another revision, and other keys if they are given.</summary>
    public void Edit(MockDefinition definition, IReadOnlyDictionary<string, string>? keys = null)
    {
        if (keys is not null)
        {
            _bundle.PublishSecret(AccessDefinition.DefaultSecretDirectory, [.. keys.Select(static key => (key.Key, key.Value))]);
        }

        _bundle.Publish($"r{++_revision}", definition);
        _follower.Look();
    }

    public Task<string> MetricsAsync(params string[] awaited) => _host.MetricsAsync(awaited);

    public Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path));
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        _follower.Dispose();
        _bundle.Dispose();
    }
}
