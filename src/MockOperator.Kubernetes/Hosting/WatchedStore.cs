using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>A store and the reflectors that fill it.</summary>
/// <param name="Store">The store.</param>
/// <param name="Reflectors">One per namespace watched.</param>
/// <param name="Optional">What starts and stops the reflectors, when the server may have no such kind; else null.</param>
public sealed record WatchedStore(ResourceStore Store, IReadOnlyList<IReflector> Reflectors, OptionalWatch? Optional = null)
{
    /// <summary>The reflectors that run.</summary>
    public IReadOnlyList<IReflector> Running => Optional is { IsRunning: false } ? [] : Reflectors;

    /// <summary>
    /// What keeps an operator from starting, a kind or a kind and a namespace each; empty once the store is synced. An optional kind that is absent, or cannot be listed, keeps
    /// nobody.
    /// </summary>
    public IEnumerable<string> Missing
    {
        get
        {
            if (Optional is not null)
                return Optional.Settled.IsCompleted ? [] : [$"whether there is {Store.Kind.Kind} is not known yet"];
            return Store.IsSynced ? [] : Reflectors.Where(r => !r.HasListed).Select(r => $"{r.Description} is not listed yet{(r.Problem is { } why ? $": {why}" : "")}");
        }
    }

    /// <summary>Waits until <see cref="Missing"/> is empty.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that is complete then.</returns>
    public Task WhenUsableAsync(CancellationToken cancellationToken) => Optional?.Settled.WaitAsync(cancellationToken) ?? Store.WhenSyncedAsync(cancellationToken);
}
