using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>A mock server as far as lists of many look at it: without content, and without what shapes its pods. It is read and never written: what it leaves out would be lost.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = MockServer.KubeKind, PluralName = "mockservers")]
public sealed class ListedMock : CustomKubernetesEntity<ListedMockSpec, MockServerStatus>
{
    /// <summary>What a list would say of a mock that was read whole.</summary>
    /// <param name="mock">The mock.</param>
    public static ListedMock Of(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return new ListedMock { ApiVersion = mock.ApiVersion, Kind = mock.Kind, Metadata = mock.Metadata, Spec = mock.Spec is { } spec ? ListedMockSpec.Of(spec) : null, Status = mock.Status };
    }
}
