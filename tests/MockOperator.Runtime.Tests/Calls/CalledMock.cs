using System.Net;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Calls;

/// <summary>A runtime whose calls are read at its port for that.</summary>
internal sealed class CalledMock : IAsyncDisposable
{
    private readonly MountedBundle _bundle = new();
    private int _revision = 1;

    private CalledMock()
    {
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public BundleHost Host { get; private set; } = null!;

    public HttpClient Mock => Host.Mock;

    public HttpClient Calls { get; private set; } = null!;

    public static MockDefinition Definition(CallLogSpec? callLog = null) => MountedBundle.Definition(
        MountedBundle.Example("/pets", "Rex"), MountedBundle.Example("/pets/{{id}}", "pet {{id}}"), MountedBundle.Example("/pets?status=sold", "none")) with
    { CallLog = callLog };

    public static Task<CalledMock> StartAsync(CallLogSpec? callLog = null, TimeProvider? time = null, RuntimeHostOptions? options = null) => StartAsync(Definition(callLog), time, options);

    public static async Task<CalledMock> StartAsync(MockDefinition definition, TimeProvider? time = null, RuntimeHostOptions? options = null, params (string Name, string Value)[] keys)
    {
        var mock = new CalledMock();
        if (keys.Length > 0)
        {
            mock._bundle.PublishSecret(AccessDefinition.DefaultSecretDirectory, keys);
        }

        mock._bundle.Publish("r1", definition);
        mock.Host = await BundleHost.StartAsync(mock._bundle, options, time);
        mock.Calls = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://localhost:{mock.Host.Host.CallsPort}"), Timeout = TimeSpan.FromSeconds(60) };
        return mock;
    }

    /// <summary>Serves another definition.</summary>
    public async Task EditAsync(MockDefinition definition)
    {
        string revision = $"r{++_revision}";
        (HttpStatusCode status, string answer) = await Host.PushAsync(PushedBundle.Body(MountedBundle.Pack(revision, definition)), supersedes: $"r{_revision - 1}");
        Assert.True(status == HttpStatusCode.OK, answer);
    }

    public async Task<CallPage> ReadAsync(string query = "")
    {
        string json = await Calls.GetStringAsync(CallsPort.Path + query, Cancel);
        return JsonSerializer.Deserialize(json, CallJson.Default.CallPage)!;
    }

    public async Task<MockCall> OnlyAsync(string query = "?include=request.headers,request.body,response.headers,response.body,nearest") => Assert.Single((await ReadAsync(query)).Calls);

    public async ValueTask DisposeAsync()
    {
        Calls.Dispose();
        await Host.DisposeAsync();
        _bundle.Dispose();
    }
}
