using MockOperator.Kubernetes.Caching;

namespace MockOperator.Kubernetes.Watching;

/// <summary>The store of a kind that the server may not have, with the reflectors that fill it while it has.</summary>
/// <param name="store">The store.</param>
/// <param name="reflectors">One per namespace watched. Each ends when the server says that it has no such kind.</param>
public sealed class OptionalWatch(ResourceStore store, IReadOnlyList<IReflector> reflectors)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isRunning;

    /// <summary>The store.</summary>
    public ResourceStore Store { get; } = store;

    /// <summary>Whether its reflectors run.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>
    /// Complete once it was tried: the kind is known to be absent, or is listed, or cannot be listed. An operator does not wait longer than for that, for it works without.
    /// </summary>
    public Task Settled => _settled.Task;

    /// <summary>Runs the reflectors until the server has no such kind, or until cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _isRunning = true;
        Store.NoteServed(isServed: true);
        try
        {
            var running = reflectors.Select(r => r.RunAsync(together.Token)).ToList();
            _ = Task.WhenAll(reflectors.Select(r => r.Tried)).ContinueWith(_ => _settled.TrySetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await Task.WhenAny(running);
            await together.CancelAsync();
            await Task.WhenAll(running);
        }
        finally
        {
            _isRunning = false;
        }
    }

    /// <summary>The server has no such kind.</summary>
    internal void NoteAbsent()
    {
        Store.NoteServed(isServed: false);
        _settled.TrySetResult();
    }

    /// <summary>It cannot be told whether the server has the kind. What is known of it stays.</summary>
    internal void NoteProblem() => _settled.TrySetResult();
}
