using System.Text.Json.Nodes;

namespace MockOperator.Cluster.Tests.Exposure;

/// <summary>What became of what the operator rendered.</summary>
internal static class Rendered
{
    /// <summary>Fails when the API server dropped or changed any of it. What it added, such as defaults, is its own.</summary>
    public static void AssertKept(JsonNode rendered, JsonNode? stored, string at = "")
    {
        Assert.True(stored is not null, $"{at} was dropped");
        switch (rendered)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                    AssertKept(value!, stored[name], $"{at}.{name}");
                break;
            case JsonArray items:
                Assert.Equal(items.Count, stored.AsArray().Count);
                for (var index = 0; index < items.Count; index++)
                    AssertKept(items[index]!, stored[index], $"{at}[{index}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(rendered, stored), $"{at}: {rendered} became {stored}");
                break;
        }
    }
}
