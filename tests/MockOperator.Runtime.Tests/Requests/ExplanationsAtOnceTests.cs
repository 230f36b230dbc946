using MockOperator.Runtime.Requests;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Requests;

/// <summary>How many explanations are made at once, seen by callers. All long work is held up, so that they are under way for as long as a test likes.</summary>
public sealed class ExplanationsAtOnceTests
{
    private const string Explain = "GET /pets HTTP/1.1\r\nHost: x\r\nx-mock-explain: true\r\nConnection: close\r\n\r\n";
    private const string Refusal = "At most 16 explanations are made at once. Try again in a moment, or leave out the header x-mock-explain.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixteen_explanations_are_made_at_once_and_whoever_leaves_gives_the_place_to_another()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/pets", "[]")));
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        WorkGate gate = host.Host.LongWork;
        for (int place = 0; place < gate.Running; place++)
        {
            Assert.True(await gate.EnterAsync(Cancel));
        }

        // One more than may be: which of them comes last is the network's business.
        var callers = new List<Caller>();
        for (int caller = 0; caller <= ExplanationLimit.DefaultCapacity; caller++)
        {
            callers.Add(await Caller.ExplainAsync(host.Host.MockPort));
        }

        AssertRefused(await RefusedOfAsync(callers));
        Assert.Equal(ExplanationLimit.DefaultCapacity, callers.Count(static caller => !caller.Answer.IsCompleted));
        Assert.EndsWith("\r\n\r\n[]", await host.Host.MockPort.AskAsync("GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

        callers[0].Leave();
        callers.RemoveAt(0);
        await host.Host.MetricsAsync("mock_requests_total{mock=\"petstore\",code=\"499\",outcome=\"aborted\"} 1\n");
        callers.Add(await Caller.ExplainAsync(host.Host.MockPort));
        callers.Add(await Caller.ExplainAsync(host.Host.MockPort));
        AssertRefused(await RefusedOfAsync(callers));
        Assert.Equal(ExplanationLimit.DefaultCapacity, callers.Count(static caller => !caller.Answer.IsCompleted));

        for (int place = 0; place < gate.Running; place++)
        {
            gate.Exit();
        }

        foreach (string answer in await Task.WhenAll(callers.Select(static caller => caller.Answer)))
        {
            Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
            Assert.Contains("\"outcome\":\"Matched\"", answer, StringComparison.Ordinal);
        }

        // All places are free again.
        Assert.StartsWith("HTTP/1.1 200 ", await host.Host.MockPort.AskAsync(Explain), StringComparison.Ordinal);
    }

    /// <summary>The one answer that comes while all others are under way.</summary>
    private static async Task<string> RefusedOfAsync(List<Caller> callers)
    {
        Task<string> first = await Task.WhenAny(callers.Select(static caller => caller.Answer)).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        callers.RemoveAll(caller => caller.Answer == first);
        return await first;
    }

    private static void AssertRefused(string answer)
    {
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 1\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(Refusal, answer, StringComparison.Ordinal);
    }

    /// <summary>Somebody who asked for an explanation.</summary>
    private sealed class Caller
    {
        private readonly RawSocket _socket;

        private Caller(RawSocket socket)
        {
            _socket = socket;
            Answer = socket.ReadToEndAsync();
        }

        public Task<string> Answer { get; }

        public static async Task<Caller> ExplainAsync(int port)
        {
            RawSocket socket = await RawSocket.ConnectAsync(port);
            await socket.SendAsync(Explain);
            return new Caller(socket);
        }

        public void Leave() => _socket.Reset();
    }
}
