using k8s.Models;
using MockOperator.Kinds;

namespace MockOperator.Operator.Desired;

/// <summary>The ServiceAccount of a mock's pods: a name without a token, since a runtime never talks to the Kubernetes API.</summary>
public static class ServiceAccountBuilder
{
    /// <summary>Builds it.</summary>
    public static V1ServiceAccount Build(MockServer mock) => new()
    {
        ApiVersion = "v1",
        Kind = "ServiceAccount",
        Metadata = ChildMetadata.Of(mock, ChildNames.Workload(mock.Metadata.Name)),
        AutomountServiceAccountToken = false,
    };
}
