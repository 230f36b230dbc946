using System.Text.Json.Serialization;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>
/// A mock server as far as lists of many look at it: without content, and without what shapes its pods. It is read and never written: what it leaves out would be lost. Of the metadata there are name, namespace,
/// generation, the times of making and deletion, and of <c>managedFields</c> who wrote a part and when.
/// </summary>
[JsonConverter(typeof(ListedMockReading))]
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = MockServer.KubeKind, PluralName = "mockservers")]
public sealed class ListedMock : CustomKubernetesEntity<ListedMockSpec, ListedMockStatus>
{
    /// <summary>What a list would say of a mock that was read whole.</summary>
    /// <param name="mock">The mock.</param>
    public static ListedMock Of(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return new ListedMock
        {
            Metadata = mock.Metadata,
            Spec = mock.Spec is { } spec ? ListedMockSpec.Of(spec) : null,
            Status = mock.Status is { } status ? ListedMockStatus.Of(status) : null,
        };
    }
}
