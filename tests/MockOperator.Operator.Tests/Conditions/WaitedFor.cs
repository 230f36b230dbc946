using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Operator.Content;
using MockOperator.Operator.Control;
using MockOperator.Operator.Controllers;
using MockOperator.Operator.Exposure;
using MockOperator.Operator.Quotas;
using MockOperator.Operator.Tests.Cluster;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Conditions;

/// <summary>
/// Objects that somebody waits for, with the status that the operator gives them, and what is to become of the wait. No status is written by hand: it is the definition's default, or what the builders make of
/// what was observed.
/// </summary>
internal static class WaitedFor
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static readonly MockServerSpec s_embedded = new() { Collection = new EmbeddedCollection { Examples = [] } };
    private static readonly MockServerSpec s_byConfigMap = new() { Collection = new EmbeddedCollection { ConfigMapKeyRef = new ContentReference { Name = "petstore", Key = "collection.json" } } };
    private static readonly MockServerSpec s_byCollection = new() { CollectionRef = new CollectionReference { Name = "petstore" } };

    private static readonly MockContent s_content = new() { Fingerprint = "f", Revision = "r1", Examples = 8, Collection = new ServedCollection { Name = "petstore", Version = "CURRENT" } };
    private static readonly Unresolved s_broken = new("InvalidCollection", "item[0]: is not an object");

    /// <summary>Each with its name, and what kstatus is to say of it.</summary>
    public static IReadOnlyDictionary<string, (KstatusVerdict Verdict, JsonObject Item)> All { get; } = new Dictionary<string, (KstatusVerdict, JsonObject)>(StringComparer.Ordinal)
    {
        ["a new mock"] = (KstatusVerdict.InProgress, New("MockServer")),
        ["a new collection"] = (KstatusVerdict.InProgress, New("Collection")),
        ["a new quota"] = (KstatusVerdict.InProgress, New("MockQuota")),

        ["a mock whose Deployment is not there yet"] = (KstatusVerdict.InProgress, Mock(s_embedded, new MockObservation { Content = s_content })),
        ["a mock whose pods are on their way"] = (KstatusVerdict.InProgress, Mock(s_embedded, Served(s_content, pods: 1, available: 0, acknowledged: 0))),
        ["a mock whose pods have not acknowledged the revision"] = (KstatusVerdict.InProgress, Mock(s_embedded, Served(s_content, pods: 1, available: 1, acknowledged: 0))),
        ["a mock that is served"] = (KstatusVerdict.Current, Mock(s_embedded, Served(s_content))),
        ["a mock that is served and whose URL could not be published"] = (KstatusVerdict.Current, Mock(
            s_embedded with { PublishUrl = new PublishUrlSpec { ConfigMap = new ConfigMapKeyReference { Name = "urls", Key = "URL" } } },
            Served(s_content) with { PublishProblem = new Unresolved("PublishConflict", "the key is somebody else's") })),
        ["a mock that was served and has just been edited"] = (KstatusVerdict.InProgress, Edited(Mock(s_embedded, Served(s_content)))),
        ["a mock that is on its way out"] = (KstatusVerdict.Terminating, Deleted(Mock(s_embedded, Served(s_content)))),

        ["a mock that was made with no replicas"] = (KstatusVerdict.Current, Mock(s_embedded with { Replicas = 0 }, Served(s_content, pods: 0, available: 0, acknowledged: 0))),
        ["a mock whose pods have not gone yet"] = (KstatusVerdict.InProgress, Mock(s_embedded with { Replicas = 0 }, Served(s_content, pods: 1, available: 1, acknowledged: 1, generation: 2))),
        ["a mock without pods whose collection is missing"] = (KstatusVerdict.InProgress, Mock(s_byCollection with { Replicas = 0 }, Lost("CollectionNotFound"))),

        ["a mock whose spec breaks a rule"] = (KstatusVerdict.Failed, Blocked(s_embedded, "InvalidSpec")),
        ["a mock that was refused for its spec and has just been edited"] = (KstatusVerdict.InProgress, Edited(Blocked(s_embedded, "InvalidSpec"))),
        ["a mock of which a child is refused that the server may take later"] = (KstatusVerdict.InProgress, Mock(s_embedded, new MockObservation { Blocked = new Unresolved("InvalidSpec", "no") { MayPass = true } })),
        ["a mock that cannot be exposed as it says"] = (KstatusVerdict.Failed, Mock(s_embedded, Served(s_content) with { Exposure = ExposureOutcome.Refused("InvalidExposure", "spec.ingress.host: …") })),
        ["a mock whose host is another's"] = (KstatusVerdict.InProgress, Mock(s_embedded, Served(s_content) with { Exposure = ExposureOutcome.Refused("HostConflict", "named by another") })),
        ["a mock whose route no Gateway has accepted yet"] = (KstatusVerdict.Current, Mock(s_embedded, Served(s_content) with { Exposure = new ExposureOutcome(ConditionStatus.Unknown, "RoutePending", "…", null) })),

        ["a mock whose own content is broken"] = (KstatusVerdict.Failed, Mock(s_embedded, Broken())),
        ["a mock whose own content is broken and that goes on serving the one of before"] = (KstatusVerdict.Failed, Mock(s_embedded, Broken() with { ServedRevision = "r0" })),
        ["a mock whose content in a ConfigMap is broken"] = (KstatusVerdict.InProgress, Mock(s_byConfigMap, Broken())),
        ["a mock whose collection is broken"] = (KstatusVerdict.InProgress, Mock(s_byCollection, Broken())),
        ["a mock whose collection is missing"] = (KstatusVerdict.InProgress, Mock(s_byCollection, Lost("CollectionNotFound"))),
        ["a mock whose ConfigMap is missing"] = (KstatusVerdict.InProgress, Mock(s_byConfigMap, Lost("ConfigMapNotFound"))),
        ["a mock whose environment is missing"] = (KstatusVerdict.InProgress, Mock(s_embedded, new MockObservation { Content = s_content with { Revision = null, EnvironmentProblem = new Unresolved("ConfigMapNotFound", "…") } })),
        ["a mock whose keys are missing"] = (KstatusVerdict.InProgress, Mock(
            s_embedded with { Private = true },
            Served(s_content) with { Acknowledgements = new Acknowledgements(1, 1, [], []) { KeyProblem = "there is no file" } })),
        ["a mock whose pods do not start"] = (KstatusVerdict.InProgress, Mock(s_embedded, Served(s_content, pods: 1, available: 0, acknowledged: 0) with { PodTrouble = new Unresolved("PodsNotStarting", "ErrImagePull") })),
        ["a mock whose name is another's"] = (KstatusVerdict.InProgress, Blocked(s_embedded, "NameConflict")),
        ["a mock that a policy denies"] = (KstatusVerdict.InProgress, Blocked(s_embedded, "Denied")),
        ["a mock that too many quotas cover"] = (KstatusVerdict.InProgress, Blocked(s_embedded, "TooManyQuotas")),

        ["a collection that was read"] = (KstatusVerdict.Current, CollectionWith((null, true))),
        ["a collection that was read and has just been edited"] = (KstatusVerdict.InProgress, Edited(CollectionWith((null, true)))),
        ["a collection whose own content is broken"] = (KstatusVerdict.Failed, CollectionWith((null, false), (s_broken, true))),
        ["a collection whose content in a ConfigMap is broken"] = (KstatusVerdict.InProgress, CollectionWith((s_broken, false))),
        ["a collection whose ConfigMap is missing"] = (KstatusVerdict.InProgress, CollectionWith((new Unresolved("ConfigMapNotFound", "…"), false))),
        ["a collection whose spec breaks a rule"] = (KstatusVerdict.Failed, InvalidCollection()),

        ["a quota that is counted"] = (KstatusVerdict.Current, Quota(null)),
        ["a quota that is counted and has just been edited"] = (KstatusVerdict.InProgress, Edited(Quota(null))),
        ["a quota whose spec breaks a rule"] = (KstatusVerdict.Failed, Quota("timeZone: there is none of that name")),
    };

    public static JsonObject New(string kind) => Item(kind, null, StatusDefaults.Of(kind));

    private static JsonObject Mock(MockServerSpec spec, MockObservation observed)
    {
        MockServer mock = New(spec, "MockServer", ResourceJson.Default.MockServerStatus);
        return Item("MockServer", spec.Replicas, Json(MockStatusBuilder.Build(mock, observed, s_now), ResourceJson.Default.MockServerStatus));
    }

    private static JsonObject Blocked(MockServerSpec spec, string reason) => Mock(spec, new MockObservation { Blocked = new Unresolved(reason, "because") });

    private static MockObservation Broken() => new() { Content = s_content with { Revision = null, CollectionProblem = s_broken } };

    private static MockObservation Lost(string reason) => new() { Content = s_content with { Revision = null, CollectionProblem = new Unresolved(reason, "there is none") } };

    private static MockObservation Served(MockContent content, int pods = 1, int available = 1, int acknowledged = 1, long generation = 1) => new()
    {
        Content = content,
        Acknowledgements = new Acknowledgements(pods, acknowledged, [], []),
        Deployment = new V1Deployment
        {
            Metadata = new V1ObjectMeta { Name = "petstore-mock", Generation = generation },
            Spec = new V1DeploymentSpec { Replicas = generation == 1 ? pods : 0 },
            Status = new V1DeploymentStatus { ObservedGeneration = generation, Replicas = pods, UpdatedReplicas = pods, AvailableReplicas = available, ReadyReplicas = available },
        },
    };

    private static JsonObject CollectionWith(params (Unresolved? Problem, bool HoldsContent)[] versions)
    {
        Collection collection = NewCollection();
        IEnumerable<DescribedVersion> described = versions.Select(static (version, index) =>
            new DescribedVersion(new CollectionVersionStatus { Tag = index == 0 ? "CURRENT" : $"v{index}", ExampleCount = 8 }, version.Problem, version.HoldsContent));
        return Item("Collection", null, Json(CollectionStatusBuilder.Build(collection, [.. described], s_now), ResourceJson.Default.CollectionStatus));
    }

    private static JsonObject InvalidCollection() =>
        Item("Collection", null, Json(CollectionStatusBuilder.Invalid(NewCollection(), "spec: …", s_now), ResourceJson.Default.CollectionStatus));

    private static JsonObject Quota(string? problem)
    {
        var calendar = QuotaCalendar.Of(new MockQuotaSpec())!;
        var terms = new QuotaTerms(100, calendar.At, [80], Generation: 1, CoveredMocks: 1, problem);
        MockQuotaStatus standard = Default("MockQuota", ResourceJson.Default.MockQuotaStatus);
        return Item("MockQuota", null, Json(QuotaConditions.Tell(QuotaLedger.Read(null), terms, standard.Conditions, s_now), ResourceJson.Default.MockQuotaStatus));
    }

    private static MockServer New(MockServerSpec spec, string kind, JsonTypeInfo<MockServerStatus> type) => new()
    {
        Metadata = new V1ObjectMeta { Name = "petstore", NamespaceProperty = "demo", Generation = 1 },
        Spec = spec,
        Status = Default(kind, type),
    };

    private static Collection NewCollection() => new()
    {
        Metadata = new V1ObjectMeta { Name = "petstore", NamespaceProperty = "demo", Generation = 1 },
        Spec = new CollectionSpec(),
        Status = Default("Collection", ResourceJson.Default.CollectionStatus),
    };

    private static T Default<T>(string kind, JsonTypeInfo<T> type) => StatusDefaults.Of(kind)!.Deserialize(type)!;

    private static JsonObject Item(string kind, int? replicas, JsonObject? status) => new()
    {
        ["apiVersion"] = "mockoperator.dev/v1alpha1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = "petstore", ["namespace"] = "demo", ["generation"] = 1L },
        ["spec"] = replicas is null ? [] : new JsonObject { ["replicas"] = replicas },
        ["status"] = status?.DeepClone(),
    };

    private static JsonObject Json<T>(T status, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(status, type)!.AsObject();

    private static JsonObject Edited(JsonObject item)
    {
        item["metadata"]!["generation"] = 2L;
        return item;
    }

    private static JsonObject Deleted(JsonObject item)
    {
        item["metadata"]!["deletionTimestamp"] = "2026-11-27T12:00:00Z";
        return item;
    }
}
