using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Policies;

/// <summary>Objects for policies to judge.</summary>
internal static class PolicyObjects
{
    private static readonly JsonSerializerOptions s_json = ApiJson.Create(ResourceJson.Default, KindJson.Default, OperatorJson.Default);

    // What is no object of the API, such as the labels of one.
    private static readonly JsonSerializerOptions s_any = new(s_json) { TypeInfoResolver = JsonTypeInfoResolver.Combine(s_json.TypeInfoResolver, new DefaultJsonTypeInfoResolver()) };

    public static JsonNode Mock(string spec) => JsonNode.Parse($$"""{"metadata":{"name":"petstore"},"spec":{{spec}}}""")!;

    public static JsonNode Of(object kubernetes) => JsonSerializer.SerializeToNode(kubernetes, kubernetes.GetType(), s_any)!;

    public static JsonNode With(this JsonNode node, Action<JsonNode> change)
    {
        JsonNode copy = node.DeepClone();
        change(copy);
        return copy;
    }
}
