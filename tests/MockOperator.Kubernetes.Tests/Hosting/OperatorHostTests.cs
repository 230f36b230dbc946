using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Hosting;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Kubernetes.Tests.Server;
using Prometheus;

namespace MockOperator.Kubernetes.Tests.Hosting;

public sealed class OperatorHostTests
{
    private const string Widgets = "apis/example.test/v1/namespaces/default/widgets";
    private const string Maps = "api/v1/namespaces/default/configmaps";

    private readonly InMemoryServer _server = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_object_costs_its_child_and_its_status_and_then_nothing_more()
    {
        using var host = await StartAsync();
        _server.Put($"{Widgets}/a", Widget("a", 3));
        await ReadyAsync("a");
        Assert.Equal("3", _server.Read($"{Maps}/a-child")!["data"]!["size"]!.GetValue<string>());
        await QuietAsync();
        Assert.Equal([$"PATCH {Maps}/a-child", $"PATCH {Widgets}/a/status"], ObjectWrites());
    }

    [Fact]
    public async Task An_edit_is_followed_and_a_deletion_takes_the_child_along()
    {
        using var host = await StartAsync();
        _server.Put($"{Widgets}/a", Widget("a", 3));
        await ReadyAsync("a");
        _server.Edit($"{Widgets}/a", w => w["spec"]!["size"] = 8);
        await Eventually.HoldsAsync(() => _server.Read($"{Maps}/a-child")?["data"]?["size"]?.GetValue<string>() == "8", "the edit is followed");
        _server.Delete($"{Widgets}/a");
        await Eventually.HoldsAsync(() => host.Services.GetRequiredService<WidgetController.Log>().Deleted.Contains("a"), "the deletion is told");
        await Eventually.HoldsAsync(() => _server.Count("configmaps") == 0, "the child is gone");
        // Memory goes with the objects.
        await Eventually.HoldsAsync(() => host.Services.GetRequiredService<AppliedTokens>().Count == 0, "tokens are forgotten");
        await Eventually.HoldsAsync(() => host.Services.GetRequiredService<WriteTracker>().Count == 0, "writes are forgotten");
    }

    [Fact]
    public async Task A_child_edited_or_deleted_by_hand_is_repaired()
    {
        using var host = await StartAsync();
        _server.Put($"{Widgets}/a", Widget("a", 3));
        await ReadyAsync("a");
        _server.Edit($"{Maps}/a-child", c => c["data"]!["size"] = "hacked");
        await Eventually.HoldsAsync(() => _server.Read($"{Maps}/a-child")!["data"]!["size"]!.GetValue<string>() == "3", "the edit is undone");
        _server.Delete($"{Maps}/a-child");
        await Eventually.HoldsAsync(() => _server.Read($"{Maps}/a-child") is not null, "the child is made anew");
    }

    [Fact]
    public async Task A_restart_writes_nothing()
    {
        for (var i = 0; i < 20; i++)
            _server.Put($"{Widgets}/w{i}", Widget($"w{i}", i));
        using (var first = await StartAsync())
        {
            for (var i = 0; i < 20; i++)
                await ReadyAsync($"w{i}");
            await QuietAsync();
            await first.StopAsync(Cancel);
        }

        var before = ObjectWrites().Count;
        Assert.Equal(40, before);
        using var second = await StartAsync();
        await Eventually.HoldsAsync(() => second.Services.GetRequiredService<WidgetController.Log>().Reconciled.Count >= 20, "all are looked at");
        await QuietAsync();
        Assert.Equal(before, ObjectWrites().Count);
    }

    [Fact]
    public async Task Killed_between_any_two_writes_and_restarted_it_converges()
    {
        for (var survived = 0; survived < 5; survived++)
        {
            var server = new InMemoryServer();
            var left = survived;
            server.Before = (request, _) => request.Method != HttpMethod.Get && !request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal) && Interlocked.Decrement(ref left) < 0
                ? throw new HttpRequestException("killed")
                : Task.CompletedTask;
            server.Put($"{Widgets}/a", Widget("a", 3));
            server.Put($"{Widgets}/b", Widget("b", 4));
            using (var first = await StartAsync(server, elect: false))
                await Eventually.HoldsAsync(() => left < 0 || Phase(server, "b") == "Ready", "it is killed");
            server.Before = null;
            using var second = await StartAsync(server, elect: false);
            await Eventually.HoldsAsync(() => Phase(server, "a") == "Ready" && Phase(server, "b") == "Ready", "it converges");
            Assert.Equal(2, server.Count("configmaps"));
        }
    }

    [Fact]
    public async Task An_outage_of_the_server_is_survived()
    {
        using var host = await StartAsync();
        _server.Put($"{Widgets}/a", Widget("a", 3));
        await ReadyAsync("a");
        _server.Before = (request, _) => request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal) ? Task.CompletedTask : throw new HttpRequestException("refused");
        _server.DropWatches();
        _server.Put($"{Widgets}/b", Widget("b", 5));
        var requests = _server.Requests.Count;
        await Eventually.SettleAsync();
        _server.Before = null;
        await ReadyAsync("b");
        Assert.Empty(host.Services.GetRequiredService<OperatorHealth>().NotLive());
        Assert.True(_server.Requests.Count > requests);
    }

    [Fact]
    public async Task A_standby_is_ready_and_takes_over_when_the_leader_stops()
    {
        using var leader = await StartAsync();
        _server.Put($"{Widgets}/a", Widget("a", 3));
        await ReadyAsync("a");
        using var standby = await StartAsync();
        await Eventually.HoldsAsync(() => standby.Services.GetRequiredService<OperatorHealth>().NotReady().Count == 0, "the standby is ready");
        Assert.Empty(standby.Services.GetRequiredService<WidgetController.Log>().Reconciled);
        await leader.StopAsync(Cancel);
        _server.Put($"{Widgets}/b", Widget("b", 5));
        await ReadyAsync("b");
        Assert.Contains("b", standby.Services.GetRequiredService<WidgetController.Log>().Reconciled);
        Assert.DoesNotContain("b", leader.Services.GetRequiredService<WidgetController.Log>().Reconciled);
    }

    [Fact]
    public async Task Before_its_first_lists_it_is_not_ready()
    {
        _server.Before = (_, _) => throw new HttpRequestException("refused");
        using var host = await StartAsync();
        Assert.Equal(2, host.Services.GetRequiredService<OperatorHealth>().NotReady().Count);
        Assert.Empty(host.Services.GetRequiredService<OperatorHealth>().NotLive());
        await host.StopAsync(Cancel).InTimeAsync("it stops although it never started");
    }

    [Fact]
    public async Task A_kind_that_cannot_be_listed_is_named_with_the_reason_again_and_again_and_found_once_it_can()
    {
        var log = new Logged();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        _server.Before = (request, _) => request.RequestUri!.AbsolutePath.EndsWith("/configmaps", StringComparison.Ordinal) ? throw new HttpRequestException("no right to that") : Task.CompletedTask;
        using var host = await StartAsync(elect: false, clock: clock, log: log);
        for (var times = 1; times <= 2; times++)
        {
            await Eventually.HoldsAsync(
                () => log.Lines.Count(line => line.Contains("ConfigMap is not listed yet", StringComparison.Ordinal) && line.Contains("no right to that", StringComparison.Ordinal)) >= times,
                "it is said",
                clock);
        }

        Assert.DoesNotContain(log.Lines, line => line.Contains("Widget is not listed", StringComparison.Ordinal));
        Assert.Contains("no right to that", Assert.Single(host.Services.GetRequiredService<OperatorHealth>().NotReady()), StringComparison.Ordinal);
        _server.Before = null;
        _server.Put($"{Widgets}/a", Widget("a", 3));
        await Eventually.HoldsAsync(() => Phase(_server, "a") == "Ready", "the operator works", clock);
    }

    [Fact]
    public async Task Metrics_have_the_customary_names_from_the_first_scrape()
    {
        using var host = await StartAsync();
        _server.Put($"{Widgets}/a", Widget("a", 3));
        await ReadyAsync("a");
        using var scrape = new MemoryStream();
        await host.Services.GetRequiredService<OperatorMetrics>().Registry.CollectAndExportAsTextAsync(scrape, Cancel);
        var text = Encoding.UTF8.GetString(scrape.ToArray());
        foreach (var line in new[]
        {
            "controller_runtime_reconcile_total{controller=\"widget\",result=\"error\"}",
            "controller_runtime_max_concurrent_reconciles{controller=\"widget\"} 8",
            "workqueue_depth{name=\"widget\",controller=\"widget\"}",
            "workqueue_longest_running_processor_seconds{name=\"widget\",controller=\"widget\"}",
            "leader_election_master_status{name=\"tests\"} 1",
            "operator_store_objects{kind=\"Widget\"} 1",
            "operator_watch_last_event_age_seconds{kind=\"ConfigMap\"}",
        })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_second_store_of_a_type_needs_a_name()
    {
        var builder = new ServiceCollection().AddKubernetesOperator().AddStore<V1ConfigMap>();
        Assert.Throws<InvalidOperationException>(() => builder.AddStore<V1ConfigMap>());
        builder.AddStore<V1ConfigMap>(s => s.Name = "children");
    }

    /// <summary>Else it would be asked for again and again, and the operator never be ready.</summary>
    [Fact]
    public async Task A_kind_whose_JSON_nobody_named_ends_the_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new OperatorMetrics(Metrics.NewCustomRegistry()));
        builder.Services.AddKubernetesOperator(settings => settings.Transport = _ => _server.Transport()).AddStore<MetadataOf<V1Pod>>().AddStore<V1ConfigMap>();
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancel));

        Assert.Contains("how V1ConfigMap is read", failure.Message, StringComparison.Ordinal);
    }

    private static JsonObject Widget(string name, int size) => new()
    {
        ["apiVersion"] = "example.test/v1",
        ["kind"] = "Widget",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["spec"] = new JsonObject { ["size"] = size },
    };

    private static string? Phase(InMemoryServer server, string name) => server.Read($"{Widgets}/{name}")?["status"]?["phase"]?.GetValue<string>();

    private List<string> ObjectWrites() => [.. _server.Writes.Where(w => !w.Contains("/leases", StringComparison.Ordinal) && !w.Contains("/events", StringComparison.Ordinal))];

    private Task ReadyAsync(string name) => Eventually.HoldsAsync(() => Phase(_server, name) == "Ready", $"{name} is ready");

    /// <summary>Waits until the server was asked nothing new for a while, leases apart.</summary>
    private async Task QuietAsync()
    {
        for (var calm = 0; calm < 15;)
        {
            var before = ObjectWrites().Count;
            await Eventually.SettleAsync();
            calm = ObjectWrites().Count == before ? calm + 1 : 0;
        }
    }

    private async Task<IHost> StartAsync(InMemoryServer? server = null, bool elect = true, TimeProvider? clock = null, Logged? log = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<WidgetController.Log>();
        builder.Services.AddSingleton(new OperatorMetrics(Metrics.NewCustomRegistry()));
        builder.Services
            .AddKubernetesOperator(settings =>
            {
                settings.Name = "tests";
                settings.LeaderElection = elect;
                settings.AppliedAnnotation = "example.test/applied";
                settings.Transport = _ => (server ?? _server).Transport();
                settings.JsonResolvers.Add(WidgetJson.Default);
                settings.JsonResolvers.Add(SourceGenerationContext.Default);
                settings.RetryPeriod = TimeSpan.FromMilliseconds(200);
                settings.Reflectors = new() { Backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)) };
            })
            .AddStore<MetadataOf<V1ConfigMap>>(store =>
            {
                store.LabelSelector = "managed=yes";
                store.Keep = ObjectTrimming.KeepingOwnership<MetadataOf<V1ConfigMap>>("tests");
            })
            .AddController<WidgetController, Widget>(c => c.Owns<MetadataOf<V1ConfigMap>>());
        var host = builder.Build();
        await host.StartAsync(Cancel);
        return host;
    }

    private sealed class Logged : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
