using System.Text.Json.Nodes;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Tests.Desired;

public sealed class TemplateMergeTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{}""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":2,"b":3}""", """{"a":2,"b":3}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":null,"d":4}}""", """{"a":{"c":2,"d":4}}""")]
    [InlineData("""{"args":["run"]}""", """{"args":["other"]}""", """{"args":["other"]}""")]
    [InlineData("""{"env":[{"name":"A","value":"1"}]}""", """{"env":[{"name":"B"},{"name":"A","value":"2"}]}""", """{"env":[{"name":"A","value":"2"},{"name":"B"}]}""")]
    [InlineData("""{"volumeMounts":[{"mountPath":"/a","name":"x"}]}""", """{"volumeMounts":[{"mountPath":"/b","name":"x"}]}""", """{"volumeMounts":[{"mountPath":"/a","name":"x"},{"mountPath":"/b","name":"x"}]}""")]
    [InlineData("""{"containers":[{"name":"r","image":"i"}]}""", """{"containers":["nonsense"]}""", """{"containers":[{"name":"r","image":"i"},"nonsense"]}""")]
    public void Objects_are_merged_keyed_lists_by_element_and_the_rest_replaced(string target, string patch, string expected)
    {
        JsonObject merged = JsonNode.Parse(target)!.AsObject();

        TemplateMerge.Into(merged, JsonNode.Parse(patch)!.AsObject());

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), merged), merged.ToJsonString());
    }
}
