using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>A store and the reflectors that fill it.</summary>
/// <param name="Store">The store.</param>
/// <param name="Reflectors">One per namespace watched.</param>
public sealed record WatchedStore(ResourceStore Store, IReadOnlyList<IReflector> Reflectors);
