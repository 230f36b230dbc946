using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Leadership;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Leadership;

/// <summary>An elector with a clock of its own.</summary>
internal sealed class Candidate : IAsyncDisposable
{
    private readonly FakeLeaseServer _server;
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<LeadershipEnd>? _running;

    public Candidate(FakeLeaseServer server, string identity, bool start = true)
    {
        _server = server;
        Api = server.For(identity);
        Elector = new LeaseElector(
            new LeaseOptions { Namespace = "ns", Name = "lease", Identity = identity }, Api, NullLogger.Instance, _time, random: new Random(1));
        if (start)
            Start();
    }

    public FakeLeaseServer.Api Api { get; }

    public LeaseElector Elector { get; }

    public bool WorkWasCancelled { get; private set; }

    public TaskCompletionSource? EndOfWork { get; init; }

    public Exception? Fault { get; init; }

    public bool Ended => _running!.IsCompleted;

    public void Start() => _running = Task.Run(() => Elector.RunAsync(LeadAsync, _stop.Token));

    public Task LeadsAsync(bool moving = true) => Eventually.HoldsAsync(() => Elector.IsLeader, $"{Api.Identity} leads", moving ? _time : null);

    /// <summary>Moves this candidate's clock in steps smaller than any of its waits.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        while (by > TimeSpan.Zero)
        {
            var step = by < TimeSpan.FromSeconds(0.5) ? by : TimeSpan.FromSeconds(0.5);
            await Eventually.SettleAsync();
            _time.Advance(step);
            by -= step;
        }

        await Eventually.SettleAsync();
    }

    public Task StopAsync() => _stop.CancelAsync();

    public async Task<LeadershipEnd> EndAsync()
    {
        await Eventually.HoldsAsync(() => _running!.IsCompleted, "the elector ends", _time);
        return await _running!;
    }

    public async Task<Candidate> AgainAsync(string identity)
    {
        await DisposeAsync();
        return new Candidate(_server, identity) { };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        EndOfWork?.TrySetResult();
        await Eventually.HoldsAsync(() => _running!.IsCompleted, "the elector ends", _time);
        _stop.Dispose();
    }

    private async Task LeadAsync(CancellationToken cancellationToken)
    {
        if (Fault is not null)
            throw Fault;
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        WorkWasCancelled = true;
        if (EndOfWork is not null)
            await EndOfWork.Task;
    }
}
