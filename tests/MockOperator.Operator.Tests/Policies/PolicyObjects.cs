using System.Text.Json.Nodes;
using k8s;

namespace MockOperator.Operator.Tests.Policies;

/// <summary>Objects for policies to judge.</summary>
internal static class PolicyObjects
{
    public static JsonNode Mock(string spec) => JsonNode.Parse($$"""{"metadata":{"name":"petstore"},"spec":{{spec}}}""")!;

    public static JsonNode Of(object kubernetes) => JsonNode.Parse(KubernetesJson.Serialize(kubernetes))!;

    public static JsonNode With(this JsonNode node, Action<JsonNode> change)
    {
        JsonNode copy = node.DeepClone();
        change(copy);
        return copy;
    }
}
