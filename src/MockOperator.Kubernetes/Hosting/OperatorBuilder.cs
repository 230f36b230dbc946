using System.Diagnostics.CodeAnalysis;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>Adds stores, controllers and leader tasks to an operator.</summary>
/// <param name="services">Where they are registered.</param>
/// <param name="settings">The operator's settings.</param>
public sealed class OperatorBuilder(IServiceCollection services, OperatorSettings settings)
{
    /// <summary>Where everything is registered.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Watches a kind into a store, which can then be injected as <see cref="ResourceStore{T}"/>; with a name, as a keyed service under it.</summary>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <param name="configure">Selectors, indexes and what to keep.</param>
    /// <returns>This builder.</returns>
    public OperatorBuilder AddStore<T>(Action<StoreOptions<T>>? configure = null)
        where T : class, IKubernetesObject<V1ObjectMeta>
        => Add(configure, isOptional: false);

    /// <summary>
    /// As <see cref="AddStore"/>, of a kind that the server may not have: it is watched from when discovery shows it until the server has it no more, and
    /// <see cref="ResourceStore.State"/> says which it is. Neither the start nor a controller waits for it (<see cref="ControllerBuilder{T}.WatchesState"/>).
    /// </summary>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <param name="configure">Selectors, indexes and what to keep.</param>
    /// <returns>This builder.</returns>
    public OperatorBuilder AddOptionalStore<T>(Action<StoreOptions<T>>? configure = null)
        where T : class, IKubernetesObject<V1ObjectMeta>
        => Add(configure, isOptional: true);

    /// <summary>Adds a controller. Its kind is watched with default options unless <see cref="AddStore"/> was called for it before.</summary>
    /// <typeparam name="TController">The controller; a new instance from its own scope for each reconcile.</typeparam>
    /// <typeparam name="T">The primary kind.</typeparam>
    /// <param name="configure">What else wakes it, workers and waits.</param>
    /// <returns>This builder.</returns>
    public OperatorBuilder AddController<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TController, T>(Action<ControllerBuilder<T>>? configure = null)
        where TController : class, IEntityController<T>
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var controller = new ControllerBuilder<T>(typeof(T).Name.ToLowerInvariant());
        configure?.Invoke(controller);
        if (!HasStore<T>(null))
            AddStore<T>();
        Services.AddScoped<TController>();
        Services.AddSingleton(provider =>
        {
            var scopes = provider.GetRequiredService<IServiceScopeFactory>();
            var (sources, awaited) = controller.Build(provider);
            return new ControllerLoop<T>(
                controller.Options,
                provider.GetRequiredService<ResourceStore<T>>(),
                sources,
                awaited,
                async (entity, deleted, cancellationToken) =>
                {
                    await using var scope = scopes.CreateAsyncScope();
                    IEntityController<T> instance = scope.ServiceProvider.GetRequiredService<TController>();
                    return deleted ? await instance.DeletedAsync(entity, cancellationToken) : await instance.ReconcileAsync(entity, cancellationToken);
                },
                provider.GetRequiredService<WriteTracker>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger<TController>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<OperatorMetrics>());
        });
        Services.AddSingleton<IControllerLoop>(provider => provider.GetRequiredService<ControllerLoop<T>>());
        Services.AddSingleton<EntityQueue<T>>(provider =>
        {
            // The loop is looked up when used: controllers take this delegate in their constructors.
            return (key, delay) => provider.GetRequiredService<ControllerLoop<T>>().Enqueue(key, delay);
        });
        return this;
    }

    /// <summary>Adds work beside the controllers that only the leader does.</summary>
    /// <typeparam name="TTask">The work.</typeparam>
    /// <returns>This builder.</returns>
    public OperatorBuilder AddLeaderTask<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TTask>()
        where TTask : class, ILeaderTask
    {
        Services.AddSingleton<TTask>();
        Services.AddSingleton<ILeaderTask>(provider => provider.GetRequiredService<TTask>());
        return this;
    }

    private OperatorBuilder Add<T>(Action<StoreOptions<T>>? configure, bool isOptional)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var options = new StoreOptions<T> { IsOptional = isOptional };
        configure?.Invoke(options);
        if (HasStore<T>(options.Name))
            throw new InvalidOperationException($"There is a store of {typeof(T).Name} named '{options.Name}' already: give this one another name.");
        if (options.Name is { } name)
            Services.AddKeyedSingleton(name, (provider, _) => Make(provider));
        else
            Services.AddSingleton(Make);
        Services.AddSingleton(provider => Watch(provider, options));
        return this;

        ResourceStore<T> Make(IServiceProvider provider) => new(options, provider.GetRequiredService<TimeProvider>());
    }

    private bool HasStore<T>(string? name)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        Services.Any(d => d.ServiceType == typeof(ResourceStore<T>) && Equals(d.ServiceKey, name));

    private WatchedStore Watch<T>(IServiceProvider provider, StoreOptions<T> options)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var store = options.Name is { } name
            ? provider.GetRequiredKeyedService<ResourceStore<T>>(name)
            : provider.GetRequiredService<ResourceStore<T>>();
        var client = provider.GetRequiredService<ResourceClient>();
        if (!typeof(IMetadataOnly).IsAssignableFrom(typeof(T)) && !client.Json.TryGetTypeInfo(typeof(T), out _))
            throw new InvalidOperationException($"Nothing says how {typeof(T).Name} is read: name it in a JsonSerializerContext, and add that to settings.JsonResolvers.");
        var namespaces = store.Kind.Namespaced ? options.Namespaces ?? settings.Namespaces : [];
        var partitions = (namespaces.Count == 0 ? [""] : namespaces.Distinct(StringComparer.Ordinal)).Select(store.OpenPartition).ToList();
        provider.GetRequiredService<WriteTracker>().Follow(store);
        provider.GetRequiredService<AppliedTokens>().Follow(store);
        IReadOnlyList<IReflector> reflectors =
            [.. partitions.Select(partition => new Reflector<T>(
                client,
                partition,
                options,
                provider.GetRequiredService<ILoggerFactory>().CreateLogger("MockOperator.Kubernetes.Reflector"),
                settings.Reflectors,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<OperatorMetrics>()))];
        var watched = new WatchedStore(store, reflectors, options.IsOptional ? new OptionalWatch(store, reflectors) : null);
        Measure(watched, provider.GetRequiredService<OperatorMetrics>(), provider.GetRequiredService<TimeProvider>());
        return watched;
    }

    /// <summary>Shows a store's size and age at each scrape.</summary>
    private static void Measure(WatchedStore watched, OperatorMetrics metrics, TimeProvider time)
    {
        var label = watched.Store.Name is { } name ? $"{watched.Store.Kind.Kind}/{name}" : watched.Store.Kind.Kind;
        metrics.Registry.AddBeforeCollectCallback(() =>
        {
            metrics.StoreObjects.WithLabels(label).Set(watched.Store.Count);
            // A kind that is absent is not late.
            metrics.WatchAge.WithLabels(label).Set(watched.Running is { Count: > 0 } running ? (time.GetUtcNow() - running.Min(r => r.LastProgress)).TotalSeconds : 0);
        });
    }
}
