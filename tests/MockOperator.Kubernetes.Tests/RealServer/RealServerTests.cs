using System.Text;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Connections;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Leadership;
using MockOperator.Kubernetes.Reporting;
using MockOperator.Kubernetes.Tests.Server;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Tests.RealServer;

/// <summary>What only a real API server can tell. Runs against the cluster that MOCK_OPERATOR_TOOLKIT_KUBECONFIG names, in a namespace of its own.</summary>
public sealed class RealServerTests : IAsyncLifetime
{
    private const string Variable = "MOCK_OPERATOR_TOOLKIT_KUBECONFIG";

    private readonly string _namespace = $"toolkit-{Guid.NewGuid():n}"[..20];
    private ApiTransport? _transport;
    private ResourceClient? _client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ResourceClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } file)
            return;
        _transport = ApiTransport.Connect(Kubeconfig.Read(file, null, Environment.GetEnvironmentVariable, TimeProvider.System));
        _client = new ResourceClient(_transport, new ResourceClientOptions { Json = ScriptedServer.Json, FieldManager = "toolkit-tests" });
        await Client.CreateAsync(new V1Namespace { Metadata = new() { Name = _namespace } }, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DeleteAsync<V1Namespace>(new ObjectKey("", _namespace));
        _transport?.Dispose();
    }

    [Fact]
    public async Task Each_kind_of_child_is_applied_once_and_not_again_after_a_restart()
    {
        SkipWithoutServer();
        await HoldsAsync(() => Children.Deployment(_namespace), Observe<V1Deployment>, "{\"spec\":{\"replicas\":7}}");
        await HoldsAsync(() => Children.Service(_namespace), Observe<V1Service>, "{\"spec\":{\"selector\":{\"app\":\"other\"}}}");
        await HoldsAsync(() => Children.ConfigMap(_namespace), Observe<MetadataOf<V1ConfigMap>>, "{\"data\":{\"index.json\":\"edited\"}}");
        await HoldsAsync(() => Children.ConfigMap(_namespace), Observe<MetadataOf<V1ConfigMap>>, "{\"binaryData\":{\"part.gz\":null}}");
        await HoldsAsync(() => Children.ServiceAccount(_namespace), Observe<V1ServiceAccount>, "{\"automountServiceAccountToken\":true}");
    }

    [Fact]
    public async Task A_store_equals_the_server_through_pages_edits_and_deletions()
    {
        SkipWithoutServer();
        const int Maps = 25;
        for (var i = 0; i < Maps; i++)
            await Client.CreateAsync(new V1ConfigMap { Metadata = new() { Name = $"m{i}", NamespaceProperty = _namespace, Labels = Label("tested") } }, Cancel);
        var options = new StoreOptions<MetadataOf<V1ConfigMap>> { LabelSelector = "tested=yes", PageSize = 10 };
        var store = new ResourceStore<MetadataOf<V1ConfigMap>>(options);
        using var stop = new CancellationTokenSource();
        var running = new Reflector<MetadataOf<V1ConfigMap>>(Client, store.OpenPartition(_namespace), options, NullLogger.Instance).RunAsync(stop.Token);
        await store.WhenSyncedAsync(Cancel).InTimeAsync("the store is synced");
        Assert.Equal(Maps, store.Count);
        await Client.DeleteAsync<V1ConfigMap>(new ObjectKey(_namespace, "m3"), cancellationToken: Cancel);
        Assert.True(await Client.AnnotateAsync<V1ConfigMap>(new ObjectKey(_namespace, "m4"), new Dictionary<string, string?>(StringComparer.Ordinal) { ["x"] = "y" }, Cancel));
        await Eventually.HoldsAsync(() => store.Count == Maps - 1 && store.Get(_namespace, "m4")!.Metadata.Annotations?["x"] == "y", "the changes are seen");
        await stop.CancelAsync();
        await running.InTimeAsync("the reflector stops");
    }

    [Fact]
    public async Task Preconditions_names_that_are_taken_and_discovery_are_as_the_client_says()
    {
        SkipWithoutServer();
        var secret = new V1Secret { Metadata = new() { Name = "key", NamespaceProperty = _namespace }, Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["key"] = [1, 2, 3] } };
        Assert.NotNull(await Client.CreateIfAbsentAsync(secret, Cancel));
        Assert.Null(await Client.CreateIfAbsentAsync(secret, Cancel));
        await Fails.AsAsync(ApiFailure.Conflict, () => Client.DeleteAsync<V1Secret>(new ObjectKey(_namespace, "key"), new DeletePreconditions("another"), Cancel));
        var deployment = ResourceKind.Of<V1Deployment>();
        Assert.Equal([deployment], await new KindDiscovery(Client).ServedAsync([deployment, new ResourceKind("absent.example.test", "v1", "Nothing", "nothings")], Cancel));
        Assert.Null(await Client.GetAsync<V1ConfigMap>(new ObjectKey(_namespace, "absent"), Cancel));
    }

    [Fact]
    public async Task A_lease_is_taken_released_and_taken_by_another()
    {
        SkipWithoutServer();
        foreach (var identity in new[] { "a", "b" })
        {
            var options = new LeaseOptions { Namespace = _namespace, Name = "lease", Identity = identity };
            var elector = new LeaseElector(options, new LeaseApi(_transport!, options, "toolkit-tests"), NullLogger.Instance);
            using var stop = new CancellationTokenSource();
            var led = new TaskCompletionSource();
            var running = elector.RunAsync(
                async ct =>
                {
                    led.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                },
                stop.Token);
            await led.Task.InTimeAsync($"{identity} leads");
            await stop.CancelAsync();
            Assert.Equal(LeadershipEnd.Stopped, await running.InTimeAsync("the elector ends"));
        }
    }

    [Fact]
    public async Task Repeated_events_become_a_series()
    {
        SkipWithoutServer();
        var recorder = new EventRecorder(Client, new EventRecorderOptions { Controller = "toolkit-tests", Instance = "a" }, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = recorder.RunAsync(stop.Token);
        var about = await Client.CreateAsync(new V1ConfigMap { Metadata = new() { Name = "about", NamespaceProperty = _namespace } }, Cancel);
        for (var i = 0; i < 3; i++)
            await recorder.PublishAsync(about, "Tested", "it was tested", EventType.Warning, Cancel);
        Assert.True(await recorder.FlushAsync(TimeSpan.FromSeconds(10)));
        var written = new List<Eventsv1Event>();
        await foreach (var @event in Client.ListAsync<Eventsv1Event>(new ListQuery { Namespace = _namespace }, Cancel))
            written.Add(@event);
        var ours = Assert.Single(written, e => e.ReportingController == "toolkit-tests");
        Assert.Equal(("Tested", "it was tested", 2), (ours.Reason, ours.Note, ours.Series.Count));
        await stop.CancelAsync();
        await running.InTimeAsync("the recorder stops");
    }

    private static Dictionary<string, string> Label(string name) => new(StringComparer.Ordinal) { [name] = "yes" };

    private static void SkipWithoutServer() =>
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)), $"{Variable} names no kubeconfig");

    private async Task<IKubernetesObject<V1ObjectMeta>> Observe<T>(string name)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        ObjectTrimming.KeepingOwnership<T>("toolkit-tests")((await Client.GetAsync<T>(new ObjectKey(_namespace, name), Cancel))!);

    private async Task HoldsAsync<T>(Func<T> desired, Func<string, Task<IKubernetesObject<V1ObjectMeta>>> observe, string edit)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var key = ObjectKey.Of(desired());
        Assert.NotNull(await Fresh().ApplyAsync(desired(), null, Cancel));
        // Ownership alone must tell: each set of tokens is as after a restart.
        Assert.Null(await Fresh().ApplyAsync(desired(), await observe(key.Name), Cancel));

        var somebody = new ResourceClient(_transport!, new ResourceClientOptions { Json = ScriptedServer.Json, FieldManager = "somebody" });
        await somebody.AnnotateAsync<T>(key, new Dictionary<string, string?>(StringComparer.Ordinal) { ["foreign"] = "1" }, Cancel);
        Assert.Null(await Fresh().ApplyAsync(desired(), await observe(key.Name), Cancel));

        await somebody.MergePatchAsync<MetadataOf<T>>(key, Encoding.UTF8.GetBytes(edit), Cancel);
        Assert.NotNull(await Fresh().ApplyAsync(desired(), await observe(key.Name), Cancel));
        Assert.Null(await Fresh().ApplyAsync(desired(), await observe(key.Name), Cancel));
    }

    private AppliedTokens Fresh() => new(Client, "example.test/applied");
}
