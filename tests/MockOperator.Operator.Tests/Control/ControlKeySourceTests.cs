using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Control;

public sealed class ControlKeySourceTests : IDisposable
{
    private readonly FakeCluster _cluster = new();
    private readonly ApiTransport _transport;
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public ControlKeySourceTests() => _transport = new ApiTransport(new Uri("http://cluster"), _ => _cluster);

    private string KeyFile => Path.Combine(_folder, "key");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _transport.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_key_in_the_file_is_taken_without_a_line_end_and_nothing_is_created()
    {
        await File.WriteAllTextAsync(KeyFile, new string('k', 40) + "\n", Cancellation);
        var key = new ControlKey();

        await Source(key).RunAsync(Cancellation);

        Assert.Equal(
            new ControlTokens("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"u8).TokenOf("a", "b", "c"),
            (await key.TokensAsync(Cancellation))!.TokenOf("a", "b", "c"));
        Assert.Empty(_cluster.Writes);
    }

    [Fact]
    public async Task Without_a_file_a_Secret_is_created_and_its_key_is_used()
    {
        var key = new ControlKey();

        await Source(key).RunAsync(Cancellation);

        string stored = (string)_cluster.Find("secrets", "mock-operator-control", "home")!["data"]!["key"]!;
        Assert.Equal(
            new ControlTokens(Convert.FromBase64String(stored)).TokenOf("a", "b", "c"),
            (await key.TokensAsync(Cancellation))!.TokenOf("a", "b", "c"));
    }

    [Fact]
    public async Task A_Secret_that_is_there_already_is_never_read_but_waited_for_as_a_file()
    {
        _cluster.Put("secrets", "mock-operator-control", [], ns: "home");
        _cluster.Put("pods", "operator-0", [], ns: "home");
        var key = new ControlKey();
        Task running = Source(key).RunAsync(Cancellation);
        await Eventually.TrueAsync(() => _cluster.Writes.Contains("PATCH pods/operator-0"));
        Assert.False(running.IsCompleted);

        await File.WriteAllTextAsync(KeyFile, new string('k', 64), Cancellation);

        await running.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Empty(_cluster.Gets);
    }

    [Theory]
    [InlineData(null, "there is no")]
    [InlineData("short", "has fewer than 32 bytes")]
    public async Task A_key_that_cannot_be_used_is_told_and_not_waited_for_by_anybody_and_heals(string? content, string expected)
    {
        _cluster.Put("secrets", "mock-operator-control", [], ns: "home");
        if (content is not null)
        {
            await File.WriteAllTextAsync(KeyFile, content, Cancellation);
        }

        int found = 0;
        var key = new ControlKey(() => found++);
        var time = new FakeTimeProvider();
        Task running = Source(key, time).RunAsync(Cancellation);
        Task<ControlTokens?> waiting = key.TokensAsync(Cancellation);

        await UntilAsync(time, () => waiting.IsCompleted);

        Assert.Null(await waiting);
        Assert.Contains(expected, key.Problem, StringComparison.Ordinal);
        Assert.Contains("'mock-operator-control' in namespace 'home'", key.Problem, StringComparison.Ordinal);
        await File.WriteAllTextAsync(KeyFile, new string('k', 64), Cancellation);
        await UntilAsync(time, () => running.IsCompleted);
        await running;
        Assert.NotNull(await key.TokensAsync(Cancellation));
        Assert.Null(key.Problem);
        Assert.Equal(1, found);
    }

    [Fact]
    public async Task A_Secret_that_may_not_be_created_is_told_tried_calmly_and_heals()
    {
        int refused = 0;
        _cluster.Refuse = _ =>
        {
            refused++;
            return HttpStatusCode.Forbidden;
        };
        var key = new ControlKey();
        var time = new FakeTimeProvider();
        Task running = Source(key, time).RunAsync(Cancellation);

        await UntilAsync(time, () => key.Problem is not null);

        Assert.Contains("the API server says: ", key.Problem, StringComparison.Ordinal);
        Assert.Equal(1, refused);
        _cluster.Refuse = null;
        await UntilAsync(time, () => running.IsCompleted);
        Assert.NotNull(await key.TokensAsync(Cancellation));
    }

    private static Task UntilAsync(FakeTimeProvider time, Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });

    private ControlKeySource Source(ControlKey key, TimeProvider? time = null) => new(
        key,
        new ControlKeyOptions { File = KeyFile, Namespace = "home", PodName = "operator-0" },
        new ResourceClient(_transport, new() { Json = ApiJson.Create(OperatorJson.Default) }),
        time ?? TimeProvider.System,
        NullLogger<ControlKeySource>.Instance);
}
