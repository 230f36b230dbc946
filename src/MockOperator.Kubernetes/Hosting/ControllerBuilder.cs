using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>Says what wakes a controller and how it works.</summary>
/// <typeparam name="T">The primary kind.</typeparam>
public sealed class ControllerBuilder<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly List<Func<IServiceProvider, (ControllerSource Source, ResourceStore Store)>> _others = [];
    private Func<StoreChange<T>, bool> _predicate = Predicates.SpecOrMetadataChanged;

    internal ControllerBuilder(string name) => Options = new ControllerOptions { Name = name };

    /// <summary>Name, workers and waits.</summary>
    public ControllerOptions Options { get; set; }

    /// <summary>Which changes of the primary objects matter. Default: <see cref="Predicates.SpecOrMetadataChanged"/>, so that one's own status writes wake nobody.</summary>
    /// <param name="predicate">The predicate. Additions and deletions pass through it, too.</param>
    /// <returns>This builder.</returns>
    public ControllerBuilder<T> When(Func<StoreChange<T>, bool> predicate)
    {
        _predicate = predicate;
        return this;
    }

    /// <summary>A change of a child wakes its controlling owner: the old one and the new one.</summary>
    /// <typeparam name="TChild">The child's kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <param name="store">The store's name; null for the only one.</param>
    /// <param name="debounce">Changes within this time become one reconcile; null for at once.</param>
    /// <param name="when">Which changes matter; null for all.</param>
    /// <returns>This builder.</returns>
    public ControllerBuilder<T> Owns<TChild>(string? store = null, TimeSpan? debounce = null, Func<StoreChange<TChild>, bool>? when = null)
        where TChild : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = ResourceKind.Of<T>();
        return Watches<TChild>((_, child) => OwnerMapping.ControllerOf(child, kind) is { } owner ? [owner] : [], store, debounce, when);
    }

    /// <summary>A change of another object wakes those that it maps to; the old and the new state are both mapped.</summary>
    /// <typeparam name="TOther">The other kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <param name="map">From the store of primary objects (use an index) and the other object to the objects to wake.</param>
    /// <param name="store">The other store's name; null for the only one.</param>
    /// <param name="debounce">Changes within this time become one reconcile; null for at once.</param>
    /// <param name="when">Which changes matter; null for all.</param>
    /// <returns>This builder.</returns>
    public ControllerBuilder<T> Watches<TOther>(
        Func<ResourceStore<T>, TOther, IEnumerable<ObjectKey>> map, string? store = null, TimeSpan? debounce = null, Func<StoreChange<TOther>, bool>? when = null)
        where TOther : class, IKubernetesObject<V1ObjectMeta>
    {
        _others.Add(provider =>
        {
            var primary = provider.GetRequiredService<ResourceStore<T>>();
            var other = store is null ? provider.GetRequiredService<ResourceStore<TOther>>() : provider.GetRequiredKeyedService<ResourceStore<TOther>>(store);
            return (StoreFeed.Of(other, when, change => change.States.SelectMany(state => map(primary, state)), debounce ?? TimeSpan.Zero), other);
        });
        return this;
    }

    /// <summary>Another state of an optional store (its kind has come, is read, or has gone) wakes those who depend on it. Its objects do not come into it.</summary>
    /// <typeparam name="TOther">The other kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <param name="map">From the store of primary objects to the objects to wake.</param>
    /// <param name="store">The other store's name; null for the only one.</param>
    /// <returns>This builder.</returns>
    public ControllerBuilder<T> WatchesState<TOther>(Func<ResourceStore<T>, IEnumerable<ObjectKey>> map, string? store = null)
        where TOther : class, IKubernetesObject<V1ObjectMeta>
    {
        _others.Add(provider =>
        {
            var primary = provider.GetRequiredService<ResourceStore<T>>();
            var other = store is null ? provider.GetRequiredService<ResourceStore<TOther>>() : provider.GetRequiredKeyedService<ResourceStore<TOther>>(store);
            return (StoreFeed.OfState(other, () => map(primary)), other);
        });
        return this;
    }

    internal (IReadOnlyList<ControllerSource> Sources, IReadOnlyList<ResourceStore> Awaited) Build(IServiceProvider provider)
    {
        var others = _others.Select(make => make(provider)).ToList();
        var primary = StoreFeed.Of(provider.GetRequiredService<ResourceStore<T>>(), _predicate, change => [change.Key], TimeSpan.Zero);
        return ([primary, .. others.Select(o => o.Source)], [.. others.Select(o => o.Store).Where(o => !o.IsOptional)]);
    }
}
