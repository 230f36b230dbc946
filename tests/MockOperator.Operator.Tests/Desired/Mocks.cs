using System.Text.Json;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Desired;

/// <summary>Mocks for tests of what is built from them.</summary>
internal static class Mocks
{
    public static MockServer Petstore { get; } = Of(new MockServerSpec { CollectionRef = new CollectionReference { Name = "petstore" } });

    public static MockServer Of(MockServerSpec spec) => new()
    {
        Metadata = new V1ObjectMeta { Name = "petstore", NamespaceProperty = "demo", Uid = "11111111-2222-3333-4444-555555555555", Generation = 1 },
        Spec = spec,
    };

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
