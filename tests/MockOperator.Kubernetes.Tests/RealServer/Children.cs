using k8s.Models;

namespace MockOperator.Kubernetes.Tests.RealServer;

/// <summary>Children with every kind of list and map that server-side apply treats in its own way.</summary>
internal static class Children
{
    private static Dictionary<string, string> Labels => new(StringComparer.Ordinal) { ["app"] = "child" };

    public static V1ConfigMap ConfigMap(string @namespace) => new()
    {
        Metadata = Metadata(@namespace),
        Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["index.json"] = "{}" },
        BinaryData = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["part.gz"] = [0, 1, 2] },
    };

    public static V1ServiceAccount ServiceAccount(string @namespace) => new() { Metadata = Metadata(@namespace), AutomountServiceAccountToken = false };

    public static V1Service Service(string @namespace) => new()
    {
        Metadata = Metadata(@namespace),
        Spec = new V1ServiceSpec
        {
            Type = "ClusterIP",
            Selector = Labels,
            Ports = [new V1ServicePort { Name = "http", Port = 80, Protocol = "TCP", TargetPort = "http" }],
        },
    };

    public static V1Deployment Deployment(string @namespace) => new()
    {
        Metadata = Metadata(@namespace),
        Spec = new V1DeploymentSpec
        {
            Replicas = 0,
            Selector = new V1LabelSelector { MatchLabels = Labels },
            Strategy = new V1DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new V1RollingUpdateDeployment { MaxSurge = 1, MaxUnavailable = 0 } },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = Labels },
                Spec = new V1PodSpec
                {
                    AutomountServiceAccountToken = false,
                    SecurityContext = new V1PodSecurityContext { RunAsNonRoot = true, SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" } },
                    Tolerations = [new V1Toleration { Key = "a", OperatorProperty = "Exists" }],
                    TopologySpreadConstraints =
                    [
                        new V1TopologySpreadConstraint
                        {
                            MaxSkew = 1, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "ScheduleAnyway", LabelSelector = new V1LabelSelector { MatchLabels = Labels },
                        },
                    ],
                    Containers = [Container],
                    Volumes =
                    [
                        new V1Volume
                        {
                            Name = "bundle",
                            Projected = new V1ProjectedVolumeSource
                            {
                                Sources = [new V1VolumeProjection { ConfigMap = new V1ConfigMapProjection { Name = "child", Optional = true } }],
                            },
                        },
                        new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource() },
                    ],
                },
            },
        },
    };

    private static V1Container Container => new()
    {
        Name = "runtime",
        Image = "example.test/none:1",
        Args = ["run"],
        Ports = [new V1ContainerPort { Name = "http", ContainerPort = 8080, Protocol = "TCP" }],
        Env = [new V1EnvVar { Name = "A", Value = "b" }],
        Resources = new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal) { ["cpu"] = new("0.5") },
            Limits = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal) { ["memory"] = new("64Mi") },
        },
        ReadinessProbe = new V1Probe { HttpGet = new V1HTTPGetAction { Path = "/readyz", Port = "http" } },
        SecurityContext = new V1SecurityContext { Capabilities = new V1Capabilities { Drop = ["ALL"] } },
        VolumeMounts = [new V1VolumeMount { Name = "bundle", MountPath = "/bundle", ReadOnlyProperty = true }, new V1VolumeMount { Name = "tmp", MountPath = "/tmp" }],
    };

    private static V1ObjectMeta Metadata(string @namespace) => new() { Name = "child", NamespaceProperty = @namespace, Labels = Labels };
}
