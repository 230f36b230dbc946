using k8s.Models;
using MockOperator.Kinds;

namespace MockOperator.Operator.Desired;

/// <summary>The Deployment of a mock's runtime pods. It passes Pod Security "restricted" and loses no request while it rolls.</summary>
public static class DeploymentBuilder
{
    /// <summary>Name of the container.</summary>
    public const string ContainerName = "runtime";

    private const long UserId = 65532;

    // How a Prometheus finds the metrics where nothing else tells it; a podTemplate may say otherwise.
    private static readonly Dictionary<string, string> s_scrape = new(StringComparer.Ordinal)
    {
        ["prometheus.io/scrape"] = "true",
        ["prometheus.io/port"] = RuntimePorts.Admin.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["prometheus.io/path"] = "/metrics",
    };

    private static readonly string[] s_spreadOver = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"];

    /// <summary>Builds it.</summary>
    /// <param name="mock">The owner.</param>
    /// <param name="shape">What content and environment ask of the pod.</param>
    /// <param name="overrides">The scheduling fields and the template of the spec, read.</param>
    /// <param name="settings">Image and the like.</param>
    public static V1Deployment Build(MockServer mock, DeploymentShape shape, PodOverrides overrides, RuntimeSettings settings)
    {
        string name = mock.Metadata.Name;
        V1ObjectMeta metadata = ChildMetadata.Of(mock, ChildNames.Workload(name));
        metadata.Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [DeploymentShape.Annotation] = shape.Text,
        };
        return new V1Deployment
        {
            ApiVersion = "apps/v1",
            Kind = "Deployment",
            Metadata = metadata,
            Spec = new V1DeploymentSpec
            {
                Replicas = mock.Spec!.Replicas ?? 1,
                RevisionHistoryLimit = 2,
                Selector = new V1LabelSelector { MatchLabels = ChildLabels.Selector(name) },
                Strategy = new V1DeploymentStrategy
                {
                    Type = "RollingUpdate",
                    RollingUpdate = new V1RollingUpdateDeployment { MaxSurge = "25%", MaxUnavailable = 0 },
                },
                Template = overrides.Merge(Template(mock, shape, overrides, settings), name),
            },
        };
    }

    private static V1PodTemplateSpec Template(MockServer mock, DeploymentShape shape, PodOverrides overrides, RuntimeSettings settings)
    {
        string name = mock.Metadata.Name;
        return new V1PodTemplateSpec
        {
            Metadata = new V1ObjectMeta { Labels = ChildLabels.Of(name), Annotations = new Dictionary<string, string>(s_scrape, StringComparer.Ordinal) },
            Spec = new V1PodSpec
            {
                ServiceAccountName = ChildNames.Workload(name),
                AutomountServiceAccountToken = false,
                EnableServiceLinks = false,
                TerminationGracePeriodSeconds = 30,
                SecurityContext = new V1PodSecurityContext
                {
                    RunAsNonRoot = true,
                    RunAsUser = UserId,
                    RunAsGroup = UserId,
                    FsGroup = UserId,
                    SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
                },
                ImagePullSecrets = settings.ImagePullSecrets.Count == 0
                    ? null
                    : [.. settings.ImagePullSecrets.Select(static secret => new V1LocalObjectReference { Name = secret })],
                NodeSelector = mock.Spec!.NodeSelector is { Count: > 0 } selector ? new Dictionary<string, string>(selector, StringComparer.Ordinal) : null,
                Tolerations = overrides.Tolerations,
                Affinity = overrides.Affinity,
                TopologySpreadConstraints = overrides.TopologySpreadConstraints ?? DefaultSpread(name),
                PriorityClassName = mock.Spec!.PriorityClassName,
                Containers = [Container(mock, shape, settings)],
                Volumes = PodVolumes.Volumes(name, shape),
            },
        };
    }

    private static V1Container Container(MockServer mock, DeploymentShape shape, RuntimeSettings settings) => new()
    {
        Name = ContainerName,
        Image = settings.Image,
        ImagePullPolicy = settings.ImagePullPolicy,
        Args = ["run"],
        Ports =
        [
            new V1ContainerPort { Name = RuntimePorts.HttpName, ContainerPort = RuntimePorts.Http, Protocol = "TCP" },
            new V1ContainerPort { Name = RuntimePorts.AdminName, ContainerPort = RuntimePorts.Admin, Protocol = "TCP" },
            new V1ContainerPort { Name = RuntimePorts.ControlName, ContainerPort = RuntimePorts.Control, Protocol = "TCP" },
        ],
        Resources = ContainerResources.Of(mock.Spec!.Resources, shape.MemoryStep),
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            RunAsNonRoot = true,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        // The startup probe looks every second, so that a pod takes calls as soon as it has read its bundle; a large one may take its time.
        StartupProbe = Probe("/readyz", period: 1, failures: 120),
        ReadinessProbe = Probe("/readyz", period: 5, failures: 2),
        LivenessProbe = Probe("/healthz", period: 10, failures: 3),
        VolumeMounts = PodVolumes.Mounts(shape),
    };

    private static V1Probe Probe(string path, int period, int failures) => new()
    {
        HttpGet = new V1HTTPGetAction { Path = path, Port = RuntimePorts.AdminName, Scheme = "HTTP" },
        PeriodSeconds = period,
        TimeoutSeconds = 2,
        FailureThreshold = failures,
    };

    private static List<V1TopologySpreadConstraint> DefaultSpread(string mock) =>
        [.. s_spreadOver.Select(key => new V1TopologySpreadConstraint
        {
            MaxSkew = 1,
            TopologyKey = key,
            WhenUnsatisfiable = "ScheduleAnyway",
            LabelSelector = new V1LabelSelector { MatchLabels = ChildLabels.Selector(mock) },
        })];
}
