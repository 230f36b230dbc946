using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>A store and the reflectors that fill it.</summary>
/// <param name="Store">The store.</param>
/// <param name="Reflectors">One per namespace watched.</param>
public sealed record WatchedStore(ResourceStore Store, IReadOnlyList<IReflector> Reflectors)
{
    /// <summary>What keeps the store from being synced, a kind or a kind and a namespace each; empty once it is.</summary>
    public IEnumerable<string> Missing => Store.IsSynced
        ? []
        : Reflectors.Where(r => !r.HasListed).Select(r => $"{r.Description} is not listed yet{(r.Problem is { } why ? $": {why}" : "")}");
}
