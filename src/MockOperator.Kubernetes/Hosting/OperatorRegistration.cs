using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Connections;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Leadership;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Kubernetes.Reporting;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>Registers an operator with a host.</summary>
public static class OperatorRegistration
{
    /// <summary>
    /// Adds the client, stores, controllers and their host. Injectable: <see cref="ResourceClient"/>, <see cref="ApiTransport"/>, <see cref="AppliedTokens"/>,
    /// <see cref="EventPublisher"/>, <see cref="OperatorMetrics"/>, <see cref="OperatorHealth"/>, each store, and <see cref="EntityQueue{T}"/> of each controller's kind.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configure">The settings.</param>
    /// <returns>What adds controllers.</returns>
    public static OperatorBuilder AddKubernetesOperator(this IServiceCollection services, Action<OperatorSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var settings = new OperatorSettings();
        configure?.Invoke(settings);
        settings.Identity ??= $"{Environment.MachineName}_{Guid.NewGuid():n}";
        settings.FieldManager ??= settings.Name;

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.TryAddSingleton(_ => new OperatorMetrics());
        services.AddSingleton(p => settings.Transport?.Invoke(p)
            ?? ApiTransport.Connect(
                Kubeconfig.Read(null, null, Environment.GetEnvironmentVariable, p.GetRequiredService<TimeProvider>()), settings.OutermostHandler, p.GetRequiredService<OperatorMetrics>()));
        services.AddSingleton(p => new WriteTracker(p.GetRequiredService<TimeProvider>(), p.GetRequiredService<OperatorMetrics>()));
        services.AddSingleton(p => new ResourceClient(
            p.GetRequiredService<ApiTransport>(), ClientOptions(settings), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<WriteTracker>()));
        services.AddSingleton(p => new AppliedTokens(
            p.GetRequiredService<ResourceClient>(), settings.AppliedAnnotation ?? $"{settings.Name}/applied", p.GetRequiredService<OperatorMetrics>()));
        services.AddSingleton(p => new EventRecorder(
            new ResourceClient(p.GetRequiredService<ApiTransport>(), ClientOptions(settings), p.GetRequiredService<TimeProvider>()),
            new EventRecorderOptions { Controller = settings.Name, Instance = Short(settings.Identity) },
            p.GetRequiredService<ILoggerFactory>().CreateLogger<EventRecorder>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<OperatorMetrics>()));
        services.AddSingleton<EventPublisher>(p => p.GetRequiredService<EventRecorder>().PublishAsync);
        if (settings.LeaderElection)
            services.AddSingleton(p => Elector(p, settings));
        services.AddSingleton(p => new OptionalKinds(
            [.. p.GetServices<WatchedStore>().Select(s => s.Optional).OfType<OptionalWatch>()],
            new KindDiscovery(p.GetRequiredService<ResourceClient>()),
            p.GetRequiredService<ILoggerFactory>().CreateLogger<OptionalKinds>(),
            p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new OperatorHealth(
            p.GetServices<WatchedStore>(), p.GetServices<IControllerLoop>(), p.GetRequiredService<OptionalKinds>(), p.GetService<LeaseElector>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OperatorHost>(p => ActivatorUtilities.CreateInstance<OperatorHost>(p));
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<OperatorHost>());
        return new OperatorBuilder(services, settings);
    }

    private static ResourceClientOptions ClientOptions(OperatorSettings settings) => new()
    {
        FieldManager = settings.FieldManager!,
        FieldValidation = settings.FieldValidation,
        Json = ApiJson.Create(settings.JsonResolvers),
    };

    private static LeaseElector Elector(IServiceProvider provider, OperatorSettings settings)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var options = new LeaseOptions
        {
            Namespace = settings.LeaseNamespace ?? PodNamespace() ?? "default",
            Name = settings.LeaseName ?? settings.Name,
            Identity = settings.Identity!,
            Duration = settings.LeaseDuration,
            RenewDeadline = settings.RenewDeadline,
            RetryPeriod = settings.RetryPeriod,
        };
        return new LeaseElector(
            options,
            new LeaseApi(provider.GetRequiredService<ApiTransport>(), options, settings.FieldManager!, time),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<LeaseElector>(),
            time,
            provider.GetRequiredService<OperatorMetrics>());
    }

    private static string? PodNamespace()
    {
        const string File = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";
        return System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File).Trim() : null;
    }

    private static string Short(string identity) => identity.Length > 128 ? identity[..128] : identity;
}
