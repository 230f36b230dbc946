using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Queueing;

namespace MockOperator.Kubernetes.Watching;

/// <summary>Watches kinds that not every server has for as long as this one has them.</summary>
/// <remarks>
/// <para>Promises: the watches of a kind start within <see cref="Waits"/> of its coming; a kind that goes (404 to a list or watch, and discovery agrees) empties its store,
/// which tells that; while kinds are missing, discovery is asked for all of them together, at most once a minute in the long run; when none is missing, nothing is asked.</para>
/// <para>Does not promise: to notice a kind that comes at once. A watch of CustomResourceDefinitions would, for a right that an operator does not need otherwise, and it
/// would not say which versions are served.</para>
/// </remarks>
/// <param name="watches">The kinds, with what watches them.</param>
/// <param name="discovery">Tells which of them the server has.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
public sealed partial class OptionalKinds(IReadOnlyList<OptionalWatch> watches, KindDiscovery discovery, ILogger<OptionalKinds> log, TimeProvider time)
{
    /// <summary>The waits between two looks at discovery.</summary>
    public static readonly Backoff Waits = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    // One that was there for so long and is gone now is looked for at once; one that comes and goes is not a busy loop.
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(2);

    private readonly Dictionary<OptionalWatch, (Task Running, long Begun)> _running = [];
    private DateTimeOffset _next;
    private int _looks;
    private long _lastProgress = time.GetUtcNow().UtcTicks;

    /// <summary>When the loop last moved (I6).</summary>
    public DateTimeOffset LastProgress => new(Interlocked.Read(ref _lastProgress), TimeSpan.Zero);

    /// <summary>Runs until cancelled; nothing else ends it.</summary>
    /// <param name="cancellationToken">Ends it, and the watches.</param>
    /// <returns>A task that ends then.</returns>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _lastProgress, time.GetUtcNow().UtcTicks);
            await CollectEndedAsync();
            var missing = watches.Where(w => !_running.ContainsKey(w)).ToList();
            if (missing.Count > 0 && time.GetUtcNow() >= _next)
            {
                await LookAsync(missing, cancellationToken);
                _next = time.GetUtcNow() + Waits.After(++_looks);
            }

            await WaitAsync(cancellationToken);
        }

        await Task.WhenAll(_running.Values.Select(r => r.Running));
    }

    private async Task CollectEndedAsync()
    {
        foreach (var (watch, (running, begun)) in _running.Where(r => r.Value.Running.IsCompleted).ToList())
        {
            await running;
            _running.Remove(watch);
            if (time.GetElapsedTime(begun) > Calm)
            {
                _looks = 0;
                _next = default;
            }
        }
    }

    private async Task LookAsync(IReadOnlyList<OptionalWatch> missing, CancellationToken cancellationToken)
    {
        try
        {
            var served = await discovery.ServedAsync([.. missing.Select(w => w.Store.Kind)], cancellationToken);
            foreach (var watch in missing)
            {
                if (served.Contains(watch.Store.Kind))
                    _running[watch] = (Task.Run(() => watch.RunAsync(cancellationToken), CancellationToken.None), time.GetTimestamp());
                else
                    watch.NoteAbsent();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (ApiException e)
        {
            LogUnknown(string.Join(", ", missing.Select(w => w.Store.Kind.Kind)), e.Message);
            foreach (var watch in missing)
                watch.NoteProblem();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var left = watches.Count > _running.Count ? _next - time.GetUtcNow() : Waits.Cap;
        if (left <= TimeSpan.Zero)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny([Task.Delay(left, time, either.Token), .. _running.Values.Select(r => r.Running)]);
        await either.CancelAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether the server has {Kinds} cannot be told: {Why}")]
    private partial void LogUnknown(string kinds, string why);
}
