using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Hosting;
using MockOperator.Operator.Bundles;
using MockOperator.Operator.Content;
using MockOperator.Operator.Control;
using MockOperator.Operator.Controllers;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;
using MockOperator.Operator.Measuring;
using MockOperator.Operator.Projections;
using MockOperator.Operator.Publishing;
using MockOperator.Operator.Quotas;
using MockOperator.Operator.Stores;
using MockOperator.Resources;

namespace MockOperator.Operator;

/// <summary>Registers the operator: its stores, what wakes its controllers, and their parts.</summary>
public static class OperatorRegistration
{
    // One rollout causes tens of status changes of a Deployment and its pods, and what a reconcile wrote itself comes back as one change for each child.
    private static readonly TimeSpan s_debounce = TimeSpan.FromMilliseconds(50);

    /// <summary>Registers everything.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="options">The command line.</param>
    /// <param name="configure">Changes the toolkit's settings, for tests.</param>
    public static IServiceCollection AddMockOperator(this IServiceCollection services, OperatorOptions options, Action<OperatorSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OperatorBuilder builder = services.AddKubernetesOperator(settings =>
        {
            settings.Name = ChildLabels.Manager;
            settings.AppliedAnnotation = ChildLabels.Applied;
            settings.Namespaces = options.Namespaces;
            settings.LeaderElection = options.LeaderElection;
            settings.LeaseNamespace = options.ControlKey.Namespace;
            settings.JsonResolvers.Add(ResourceJson.Default);
            settings.JsonResolvers.Add(KindJson.Default);
            settings.JsonResolvers.Add(OperatorJson.Default);
            configure?.Invoke(settings);
        });
        AddStores(builder, options);
        AddParts(services, options);
        AddControllers(builder, options);
        builder.AddLeaderTask<ControlKeySource>();
        builder.AddLeaderTask<PublishedUrlSweep>();
        builder.AddLeaderTask<CollectionEdits>();
        return services;
    }

    private static void AddStores(OperatorBuilder builder, OperatorOptions options)
    {
        builder.AddStore<MockServer>(store =>
        {
            store.Keep = MockServerProjection.Of;
            store.PageSize = 50;
            store.Index(OperatorStores.ByCollection, OperatorStores.CollectionOf).Index(OperatorStores.ByConfigMap, OperatorStores.ConfigMapsOf)
                .Index(QuotaCoverage.ByNamespace, QuotaCoverage.NamespaceOf)
                .Index(HostClaims.ByHost, mock => HostClaims.Of(mock, options.Exposure.Template))
                .Index(OperatorStores.ByGateway, OperatorStores.GatewaysOf);
        });
        builder.AddStore<Collection>(store =>
        {
            store.Keep = CollectionProjection.Of;
            store.PageSize = 10;
            store.Index(OperatorStores.ByConfigMap, OperatorStores.ConfigMapsOf);
        });
        builder.AddStore<MockQuota>(store =>
        {
            store.Keep = MockQuotaProjection.Of;
            store.PageSize = 50;
            store.Index(QuotaCoverage.ByNamespace, QuotaCoverage.NamespaceOf);
        });
        builder.AddStore<MetadataOf<V1ConfigMap>>(store =>
        {
            store.Keep = ConfigMapProjection.Of;
            store.Index(OperatorStores.ByMock, OperatorStores.MockOf).Index(OperatorStores.ByPublisher, OperatorStores.PublishersOf);
        });
        builder.AddStore<V1Deployment>(store =>
        {
            store.PageSize = 100;
            store.LabelSelector = ChildLabels.AllChildren;
            store.Keep = ChildProjection.Of;
        });
        builder.AddStore<V1Service>(store =>
        {
            store.LabelSelector = ChildLabels.AllChildren;
            store.Keep = ChildProjection.Of;
        });
        builder.AddStore<V1Ingress>(store =>
        {
            store.LabelSelector = ChildLabels.AllChildren;
            store.Keep = ChildProjection.Of;
        });
        builder.AddOptionalStore<HttpRoute>(store =>
        {
            store.PageSize = 100;
            store.LabelSelector = ChildLabels.AllChildren;
            store.Keep = ChildProjection.Of;
        });
        builder.AddOptionalStore<Gateway>(static store =>
        {
            store.PageSize = 100;
            store.Keep = GatewayProjection.Of;
        });
        builder.AddOptionalStore<TraefikMiddleware>(store =>
        {
            store.LabelSelector = ChildLabels.AllChildren;
            store.Keep = ChildProjection.Of;
        });
        builder.AddOptionalStore<V1IngressClass>(store => store.Keep = IngressClassProjection.Of);
        builder.AddStore<V1ServiceAccount>(store =>
        {
            store.LabelSelector = ChildLabels.AllChildren;
            store.Keep = ChildProjection.Of;
        });
        builder.AddStore<MetadataOf<V1ReplicaSet>>(store =>
        {
            store.LabelSelector = ChildLabels.AllChildren;
            store.Keep = ReplicaSetProjection.Of;
        });
        builder.AddStore<V1Pod>(store =>
        {
            store.PageSize = 100;
            store.LabelSelector = ChildLabels.AllChildren;
            store.Keep = PodProjection.Of;
            store.Index(OperatorStores.ByMock, OperatorStores.MockOf).Index(OperatorStores.ByUid, OperatorStores.UidOf);
        });
    }

    private static void AddParts(IServiceCollection services, OperatorOptions options)
    {
        services.AddSingleton(options.Runtime);
        services.AddSingleton(options.ControlKey);
        services.AddSingleton(options.Allowances);
        services.AddSingleton<OperatorStores>();
        services.AddSingleton<IConfigMapReader, ClusterConfigMaps>();
        services.AddSingleton<ContentReader>();
        services.AddSingleton<PreparedCollections>();
        services.AddSingleton<LargeTurns>();
        services.AddSingleton<CollectionPreparer>();
        services.AddSingleton<EnvironmentResolver>();
        services.AddSingleton<MockContentBuilder>();
        services.AddSingleton<QuotaCoverage>();
        services.AddSingleton<BundleKeeper>();
        services.AddSingleton<MockChildren>();
        services.AddSingleton<PodWatch>();
        services.AddSingleton<UrlPublisher>();
        services.AddSingleton<ApiKeyKeeper>();
        services.AddSingleton(options.Exposure);
        services.AddSingleton<IngressControllers>();
        services.AddSingleton<MiddlewareExposer>();
        services.AddSingleton<GatewayExposer>();
        services.AddSingleton<HostClaims>();
        services.AddSingleton<MockExposer>();
        services.AddSingleton<QuotaAccountants>();
        services.AddSingleton<QuotaFollowers>();
        services.AddHostedService<StateMetrics>();
        services.AddSingleton<MockMemories>();
        services.AddSingleton<CollectionMemory>();
        services.AddSingleton<MockStatusWriter>();
        services.AddSingleton(provider =>
        {
            EntityQueue<MockServer> queue = provider.GetRequiredService<EntityQueue<MockServer>>();
            ResourceStore<MockServer> mocks = provider.GetRequiredService<ResourceStore<MockServer>>();
            return new ControlKey(() =>
            {
                foreach (MockServer mock in mocks.List())
                {
                    queue(ObjectKey.Of(mock));
                }
            });
        });
        services.AddSingleton<ControlKeySource>();
        if (options.ControlVia == ControlVia.Direct)
        {
            services.AddSingleton<DirectPodDialer>();
            services.AddSingleton<IPodDialer>(static provider => provider.GetRequiredService<DirectPodDialer>());
            services.AddSingleton<IBundleCourier>(static provider => provider.GetRequiredService<DirectPodDialer>());
            services.AddSingleton<IQuotaCourier>(static provider => provider.GetRequiredService<DirectPodDialer>());
        }
        else
        {
            // No couriers: to push or to grant through the API server would take a right to change pods/proxy.
            services.AddSingleton<IPodDialer, ApiServerPodDialer>();
        }

        services.AddSingleton(static provider => new PodChannel(
            provider.GetRequiredService<IPodDialer>(),
            provider.GetService<IBundleCourier>(),
            provider.GetService<IQuotaCourier>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BundlePusher>();
        services.AddSingleton(provider =>
        {
            EntityQueue<MockServer> queue = provider.GetRequiredService<EntityQueue<MockServer>>();
            return new AcknowledgementTracker(
                provider.GetRequiredService<PodChannel>(),
                (ns, name) => queue(new ObjectKey(ns, name)),
                provider.GetRequiredService<TimeProvider>());
        });
    }

    private static void AddControllers(OperatorBuilder builder, OperatorOptions options)
    {
        builder.AddController<MockServerController, MockServer>(controller =>
        {
            controller.Options = controller.Options with { Workers = options.Workers };
            controller.Owns<V1Deployment>(debounce: s_debounce);
            controller.Owns<V1Service>(debounce: s_debounce);
            controller.Owns<V1ServiceAccount>(debounce: s_debounce);
            controller.Owns<V1Ingress>(debounce: s_debounce);
            controller.Owns<HttpRoute>(debounce: s_debounce);
            controller.WatchesState<HttpRoute>(static mocks => Asking(mocks, static spec => spec.Gateway is not null));
            controller.Watches<Gateway>((mocks, gateway) => Referring(mocks, OperatorStores.ByGateway, gateway.Metadata), debounce: s_debounce, when: GatewayExposer.Changed);
            controller.WatchesState<Gateway>(static mocks => Asking(mocks, static spec => spec.Gateway is not null));
            controller.Owns<TraefikMiddleware>(debounce: s_debounce);
            controller.WatchesState<TraefikMiddleware>(static mocks => Asking(mocks, IsCorsAtIngress));
            controller.Watches<V1IngressClass>(static (mocks, _) => Asking(mocks, static spec => spec.Ingress is not null), debounce: s_debounce, when: IngressControllers.Changed);
            controller.Owns<MockQuota>(debounce: s_debounce, when: Predicates.SpecOrMetadataChanged);
            controller.Watches<MockQuota>((mocks, quota) => QuotaCoverage.CoveredBy(mocks, quota).Select(static mock => ObjectKey.Of(mock)), debounce: s_debounce, when: QuotaCoverage.IsChanged);
            controller.Watches<MockQuota>((mocks, quota) => Named(mocks, ChildNames.MockOfQuota(quota.Metadata.Name), quota.Metadata), debounce: s_debounce, when: static change => change.Old is null || change.New is null);
            controller.Watches<MockQuota>(MockCalls.BehindOf, debounce: MockCalls.Pace, when: MockCalls.IsChanged);
            controller.Watches<MetadataOf<V1ReplicaSet>>((_, set) => Keys(OperatorStores.MockOf(set)), debounce: s_debounce, when: Predicates.SpecOrMetadataChanged);
            controller.Watches<V1Pod>((_, pod) => Keys(OperatorStores.MockOf(pod)), debounce: s_debounce);
            controller.Watches<MockServer>(
                (mocks, mock) => HostClaims.SharedWith(mocks, mock, options.Exposure.Template),
                when: change => HostClaims.Changed(change, options.Exposure.Template));
            controller.Watches<Collection>((mocks, collection) => Referring(mocks, OperatorStores.ByCollection, collection.Metadata), when: Predicates.SpecChanged);
            controller.Watches<MetadataOf<V1ConfigMap>>((mocks, map) => Keys(OperatorStores.MockOf(map)).Concat(Keys(OperatorStores.PublishersOf(map))), debounce: s_debounce);
            controller.Watches<MetadataOf<V1ConfigMap>>((mocks, map) => Named(mocks, ChildNames.MockOfBundle(map.Metadata.Name), map.Metadata), debounce: s_debounce);
            controller.Watches<MetadataOf<V1ConfigMap>>((mocks, map) => Referring(mocks, OperatorStores.ByConfigMap, map.Metadata), debounce: s_debounce);
        });
        builder.AddController<MockQuotaController, MockQuota>(static controller =>
            controller.Watches<MockServer>(
                static (quotas, mock) => quotas.ByIndex(QuotaCoverage.ByNamespace, mock.Metadata.NamespaceProperty).Select(static quota => ObjectKey.Of(quota)),
                debounce: s_debounce,
                when: Predicates.SpecOrMetadataChanged));
        builder.AddController<CollectionController, Collection>(controller =>
        {
            controller.Options = controller.Options with { Workers = 2 };
            controller.Watches<MetadataOf<V1ConfigMap>>((collections, map) => collections
                .ByIndex(OperatorStores.ByConfigMap, OperatorStores.In(map.Metadata.NamespaceProperty, map.Metadata.Name))
                .Select(static collection => ObjectKey.Of(collection)));
        });
    }

    private static bool IsCorsAtIngress(MockServerSpec spec) => spec.Cors is { At: CorsLocation.Ingress };

    private static IEnumerable<ObjectKey> Asking(ResourceStore<MockServer> mocks, Func<MockServerSpec, bool> asks) =>
        mocks.List().Where(mock => mock.Spec is { } spec && asks(spec)).Select(static mock => ObjectKey.Of(mock));

    private static IEnumerable<ObjectKey> Referring(ResourceStore<MockServer> mocks, string index, V1ObjectMeta to) =>
        mocks.ByIndex(index, OperatorStores.In(to.NamespaceProperty, to.Name)).Select(static mock => ObjectKey.Of(mock));

    // Somebody else's object that has, or had, the name of a child.
    private static IEnumerable<ObjectKey> Named(ResourceStore<MockServer> mocks, string? mock, V1ObjectMeta child) =>
        mock is not null && mocks.Get(child.NamespaceProperty, mock) is { } found ? [ObjectKey.Of(found)] : [];

    private static IEnumerable<ObjectKey> Keys(IEnumerable<string> values) =>
        values.Select(static value => value.Split('/')).Select(static parts => new ObjectKey(parts[0], parts[1]));
}
