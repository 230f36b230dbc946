using System.Net;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Bundles;

public sealed class BundleReloadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bundle_is_served_and_the_pod_is_ready()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        Assert.Null(host.Status.Current.Problem);
        Assert.Equal("hello", await host.Mock.GetStringAsync("/", Cancel));
        Assert.Equal(HttpStatusCode.OK, (await host.Admin.GetAsync("/readyz", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Without_a_bundle_the_pod_lives_but_is_not_ready()
    {
        using var bundle = new MountedBundle();
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        Assert.Equal(HttpStatusCode.OK, (await host.Admin.GetAsync("/healthz", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Admin.GetAsync("/readyz", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Mock.GetAsync("/", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Swaps_under_load_fail_no_request()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r0", "text 0");
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<int>[] clients = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => CallUntilAsync(host, done.Token)))];
        for (int number = 1; number <= 30; number++)
        {
            bundle.Publish($"r{number}", $"text {number}");
            Assert.Contains($"\"revision\":\"r{number}\"", await host.WaitForAsync($"r{number}"), StringComparison.Ordinal);
            Assert.Equal($"text {number}", await host.Mock.GetStringAsync("/", Cancel));
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(clients), static calls => Assert.True(calls > 0));
    }

    [Fact]
    public async Task A_broken_bundle_leaves_the_old_content_and_says_why()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("good", "still here");
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        bundle.Publish("bad", MountedBundle.Definition(), "{\"info\": {}}"u8.ToArray());
        string answer = await host.WaitForAsync("bad");
        Assert.True(answer.Contains("\"revision\":\"good\"", StringComparison.Ordinal), answer);
        Assert.DoesNotContain("\"problem\":null", answer, StringComparison.Ordinal);
        Assert.Equal("still here", await host.Mock.GetStringAsync("/", Cancel));
        Assert.Equal(HttpStatusCode.OK, (await host.Admin.GetAsync("/readyz", Cancel)).StatusCode);
        string metrics = await host.Admin.GetStringAsync("/metrics", Cancel);
        Assert.Contains("mock_reloads_total{mock=\"petstore\",result=\"failure\"} 1", metrics, StringComparison.Ordinal);

        bundle.Publish("better", "healed");
        Assert.Contains("\"problem\":null", await host.WaitForAsync("better"), StringComparison.Ordinal);
        Assert.Equal("healed", await host.Mock.GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task A_part_that_has_not_arrived_is_waited_for()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "old");
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        var index = new BundleIndex
        {
            Revision = "r2",
            ControlTokenHash = MountedBundle.TokenHash,
            Entries = [new BundleEntry { Name = BundleIndex.DefinitionFile, Length = 2, Parts = [new BundlePart { File = "mock.json.000", Sha256 = MountedBundle.Hash("{}"u8.ToArray()) }] }],
        };
        bundle.Swap(bundle.BundlePath, new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [BundleIndex.FileName] = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(index, RuntimeJson.Default.BundleIndex),
            ["mock.json.000"] = "[]"u8.ToArray(),
        });
        await WaitUntilAsync(() => host.Status.Current.Problem is not null);
        Assert.False(host.Status.Current.IsProblemFinal);
        Task<string> waiting = host.WaitForAsync("r2");
        Assert.False(waiting.IsCompleted);
        bundle.Publish("r2", "new");
        Assert.Contains("\"revision\":\"r2\"", await waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_secret_is_served_without_a_new_bundle()
    {
        using var bundle = new MountedBundle();
        bundle.PublishSecret("env-0", ("city", "Oslo"));
        MockDefinition definition = MountedBundle.Definition(MountedBundle.Example("/", "{{city}}")) with
        {
            Environment = [new VariableLayer { SecretDirectory = "env-0" }],
        };
        bundle.Publish("r1", definition);
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        Assert.Equal("Oslo", await host.Mock.GetStringAsync("/", Cancel));
        bundle.PublishSecret("env-0", ("city", "Bergen"));
        await WaitUntilAsync(async () => await host.Mock.GetStringAsync("/", Cancel) == "Bergen");
    }

    [Fact]
    public async Task A_missing_secret_is_named_without_its_value_and_heals()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/", "{{city}}")) with
        {
            Environment = [new VariableLayer { SecretDirectory = "env-0" }],
        });
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        Assert.Contains("env-0", await host.WaitForAsync("r1"), StringComparison.Ordinal);
        bundle.PublishSecret("env-0", ("city", "Oslo"));
        await WaitUntilAsync(async () => (await host.Mock.GetAsync("/", Cancel)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_prefix_goes_before_each_entry_of_a_secret_and_an_optional_one_may_come_later()
    {
        using var bundle = new MountedBundle();
        bundle.PublishSecret("env-0", ("city", "Oslo"));
        bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/", "{{home_city}} {{city}}")) with
        {
            Environment =
            [
                new VariableLayer { Variables = new Dictionary<string, string> { ["city"] = "none" } },
                new VariableLayer { SecretDirectory = "env-0", Prefix = "home_" },
                new VariableLayer { SecretDirectory = "env-1", Optional = true },
            ],
        });
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        Assert.Equal("Oslo none", await host.Mock.GetStringAsync("/", Cancel));

        bundle.PublishSecret("env-1", ("city", "Bergen"));
        await WaitUntilAsync(async () => await host.Mock.GetStringAsync("/", Cancel) == "Oslo Bergen");
    }

    private static async Task<int> CallUntilAsync(BundleHost host, CancellationToken done)
    {
        int calls = 0;
        while (!done.IsCancellationRequested)
        {
            string body = await host.Mock.GetStringAsync("/", CancellationToken.None);
            Assert.StartsWith("text ", body, StringComparison.Ordinal);
            calls++;
        }

        return calls;
    }

    private static Task WaitUntilAsync(Func<bool> condition) => WaitUntilAsync(() => Task.FromResult(condition()));

    private static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }
}
