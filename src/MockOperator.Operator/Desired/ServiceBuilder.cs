using k8s.Models;
using MockOperator.Kinds;

namespace MockOperator.Operator.Desired;

/// <summary>The Service of a mock: port 80 of the mock's own name. Admin and control ports are not in it.</summary>
public static class ServiceBuilder
{
    /// <summary>The port that clients call.</summary>
    public const int Port = 80;

    /// <summary>Builds it.</summary>
    public static V1Service Build(MockServer mock) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = ChildMetadata.Of(mock, ChildNames.Service(mock.Metadata.Name)),
        Spec = new V1ServiceSpec
        {
            Type = "ClusterIP",
            Selector = ChildLabels.Selector(mock.Metadata.Name),
            Ports = [new V1ServicePort { Name = RuntimePorts.HttpName, Port = Port, TargetPort = RuntimePorts.HttpName, Protocol = "TCP" }],
        },
    };
}
