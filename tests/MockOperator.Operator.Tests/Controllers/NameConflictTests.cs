using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>Names that somebody else's object has: how often the operator asks whether they are free, and how it learns that they are.</summary>
public sealed class NameConflictTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningOperator? _operator;

    public NameConflictTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Theory]
    [InlineData("services", "hello")]
    [InlineData("serviceaccounts", "hello-mock")]
    [InlineData("deployments", "hello-mock")]
    public async Task A_name_that_becomes_free_is_taken_and_until_then_it_alone_is_asked_for_less_and_less_often(string plural, string name)
    {
        _cluster.Put(plural, name, []);
        Put("hello", "hi");
        await ReasonAsync("NameConflict");
        _cluster.Gets.Clear();

        await HoursAsync(2);

        // 5, 10, 20 seconds and so on, half hours at last, and the look at everything in each hour.
        Assert.InRange(_cluster.Gets.Count, 1, 18);
        Assert.All(_cluster.Gets, get => Assert.Equal($"{plural}/{name}", get));
        _cluster.Remove(plural, name);
        await ReasonAsync("Serving", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_ConfigMap_in_the_place_of_a_bundle_is_waited_for_by_the_watch()
    {
        _cluster.Put("configmaps", "hello-mock-bundle", []);
        Put("hello", "hi");
        await ReasonAsync("NameConflict");
        await HoursAsync(2);
        Assert.Empty(_cluster.Gets);

        _cluster.Remove("configmaps", "hello-mock-bundle");

        // Long before it would look by itself.
        await ReasonAsync("Serving", TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_mock_that_has_nothing_to_serve_asks_for_no_names_until_it_has()
    {
        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = new JsonObject { ["collectionRef"] = new JsonObject { ["name"] = "greetings" } } });
        await ReasonAsync("CollectionNotFound");
        _cluster.Gets.Clear();
        await HoursAsync(2);
        Assert.Empty(_cluster.Gets);
        _cluster.Put("services", "hello", []);

        _cluster.Put("collections", "greetings", new JsonObject { ["spec"] = new JsonObject { ["examples"] = Examples("hi") } });

        await ReasonAsync("NameConflict");
        Assert.Null(_cluster.Find("deployments", "hello-mock"));
    }

    [Fact]
    public async Task A_bundle_whose_last_name_becomes_free_takes_over_no_other_that_was_taken_meanwhile()
    {
        _cluster.Put("configmaps", "hello-mock-bundle-1", []);
        Put("hello", Incompressible(1_000_000), Incompressible(1_000_000));
        await ReasonAsync("NameConflict");
        await HoursAsync(1);
        _cluster.Put("services", "hello", []);

        _cluster.Remove("configmaps", "hello-mock-bundle-1");

        await ReasonAsync("NameConflict", message: "the Service 'hello'");
        Assert.Null(_cluster.Find("services", "hello")!["metadata"]!["ownerReferences"]);
    }

    private static string Incompressible(int length)
    {
        byte[] bytes = new byte[length * 3 / 4];
        new Random(length).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    private void Put(string name, params string[] bodies) =>
        _cluster.Put("mockservers", name, new JsonObject { ["spec"] = new JsonObject { ["collection"] = new JsonObject { ["examples"] = Examples(bodies) } } });

    private static JsonArray Examples(params string[] bodies) =>
        [.. bodies.Select((body, number) => new JsonObject { ["name"] = $"hello {number}", ["request"] = new JsonObject { ["path"] = $"/hello/{number}" }, ["response"] = new JsonObject { ["body"] = body } })];

    private async Task HoursAsync(int hours)
    {
        for (int steps = 0; steps < hours * 120; steps++)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    private Task ReasonAsync(string reason, TimeSpan? step = null, string message = "") => Eventually.TrueAsync(
        () =>
        {
            _clock.Advance(step ?? TimeSpan.FromMilliseconds(500));
            JsonNode? ready = (_cluster.Find("mockservers", "hello")?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready");
            return (string?)ready?["reason"] == reason && ((string)ready!["message"]!).Contains(message, StringComparison.Ordinal);
        },
        () => _cluster.Find("mockservers", "hello")?["status"]?.ToJsonString() ?? "(none)");
}
