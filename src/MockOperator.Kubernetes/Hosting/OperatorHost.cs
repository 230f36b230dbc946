using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Leadership;
using MockOperator.Kubernetes.Reporting;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>Starts and stops everything in order.</summary>
/// <remarks>
/// <para>Start: probes and metrics are the web host's and come first; then all watches, on every replica, so that a standby takes over with warm stores; then, when all
/// stores are synced, the election; then controllers and leader tasks. A kind that cannot be listed is named in the log and by the readiness probe, with the reason. Of an
/// optional kind it is enough to know that it is absent, or cannot be listed.</para>
/// <para>Stop: controllers take nothing new and running reconciles end; events are flushed; watches stop; the lease is released; the web host is last. On loss of
/// leadership, or when a loop ends unexpectedly, the process stops with exit code 1 and is restarted by its pod: what it cached as leader is suspect.</para>
/// </remarks>
/// <param name="stores">All stores.</param>
/// <param name="controllers">All controllers.</param>
/// <param name="tasks">All leader tasks.</param>
/// <param name="optional">Starts and stops the watches of optional kinds.</param>
/// <param name="events">The event recorder.</param>
/// <param name="lifetime">Stops the process.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="elector">The elector; null without leader election.</param>
public sealed class OperatorHost(
    IEnumerable<WatchedStore> stores,
    IEnumerable<IControllerLoop> controllers,
    IEnumerable<ILeaderTask> tasks,
    OptionalKinds optional,
    EventRecorder events,
    IHostApplicationLifetime lifetime,
    ILogger<OperatorHost> log,
    TimeProvider time,
    LeaseElector? elector = null) : BackgroundService
{
    /// <summary>
    /// How long the first lists may take before it is said which are missing and why; then it is said again and again. The process does not end: its reflectors try again
    /// by themselves, and a restart would only begin all lists anew.
    /// </summary>
    public static readonly TimeSpan SyncPatience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(3);

    private readonly IReadOnlyList<WatchedStore> _stores = [.. stores];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Watches and events outlive the controllers: running reconciles still read stores and publish.
        using var background = new CancellationTokenSource();
        var loops = _stores.Where(s => s.Optional is null).SelectMany(s => s.Reflectors).Select(r => Task.Run(() => r.RunAsync(background.Token), CancellationToken.None))
            .Append(Task.Run(() => optional.RunAsync(background.Token), CancellationToken.None))
            .Append(Task.Run(() => events.RunAsync(background.Token), CancellationToken.None)).ToList();
        var broken = Task.WhenAny(loops);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _ = broken.ContinueWith(_ => either.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var end = LeadershipEnd.Stopped;
        try
        {
            await SyncAsync(either.Token);
            var objects = _stores.Sum(s => s.Store.Count);
            log.LogSynced(_stores.Count, objects);
            if (elector is not null)
                end = await elector.RunAsync(LeadAsync, either.Token);
            else
                await LeadAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Stopped while waiting for the first lists.
        }
        finally
        {
            await background.CancelAsync();
            if (!stoppingToken.IsCancellationRequested)
            {
                log.LogUnexpectedEnd(end.ToString());
                Environment.ExitCode = 1;
                lifetime.StopApplication();
            }

            await Task.WhenAll(loops);
        }
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var synced = Task.WhenAll(_stores.Select(s => s.WhenUsableAsync(cancellationToken)));
        while (await Task.WhenAny(synced, Task.Delay(SyncPatience, time, cancellationToken)) != synced && !cancellationToken.IsCancellationRequested)
        {
            foreach (var missing in _stores.SelectMany(s => s.Missing))
                log.LogNotSynced(missing, time.GetElapsedTime(begun).TotalMinutes);
        }

        await synced;
    }

    private async Task LeadAsync(CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = controllers.Select(c => c.RunAsync(together.Token))
            .Concat(tasks.Select(t => t.RunAsync(together.Token))).ToList();
        try
        {
            var left = new List<Task>(work);
            while (left.Count > 0)
            {
                var ended = await Task.WhenAny(left);
                left.Remove(ended);
                // One that broke takes the others with it; one that just ended does not.
                if (!ended.IsCompletedSuccessfully)
                    break;
            }
        }
        finally
        {
            await together.CancelAsync();
            await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.FlushAsync(FlushTimeout);
        }

        foreach (var task in work.Where(t => t.IsFaulted))
            await task;
    }
}
