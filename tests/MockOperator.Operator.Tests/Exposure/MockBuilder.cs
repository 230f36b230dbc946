using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Exposure;

internal static class MockBuilder
{
    public static MockServer Mock(MockServerSpec spec, string name = "petstore", string ns = "shop") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = ns, Uid = "uid-1", Generation = 1 },
        Spec = spec,
    };
}
