using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Kinds;

/// <summary>The rules of the Kubernetes client and those of the records meet in one serializer: none may spoil the other's words.</summary>
public sealed class KindJsonTests
{
    private static readonly JsonSerializerOptions s_json = ApiJson.Create(ResourceJson.Default, KindJson.Default, OperatorJson.Default);

    [Theory]
    [InlineData("""{"collectionRef":{"name":"a","version":"v1"},"delay":{"preset":"3G"},"matching":{"mode":"Strict","body":"Subset","fuzzy":false}}""")]
    [InlineData("""{"cors":{"at":"Ingress","allowOrigins":["*"],"maxAge":"10m"},"seed":9007199254740993,"replicas":0,"private":true}""")]
    [InlineData("""{"collection":{"postman":{"info":{"name":"x"},"item":[],"n":null,"f":1.50}},"podTemplate":{"spec":{"hostNetwork":true}},"tolerations":[{"key":"a"}]}""")]
    [InlineData("""{"environment":{"from":[{"secretRef":{"name":"s"}}],"variables":[{"name":"a","value":""}]},"nodeSelector":{"a/b":"c"}}""")]
    public void A_spec_passes_unchanged(string spec)
    {
        string manifest = $$"""{"apiVersion":"mockoperator.dev/v1alpha1","kind":"MockServer","metadata":{"name":"a"},"spec":{{spec}}}""";

        MockServer read = JsonSerializer.Deserialize<MockServer>(manifest, s_json)!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(manifest), JsonSerializer.SerializeToNode(read, s_json)), JsonSerializer.Serialize(read, s_json));
    }

    [Theory]
    [InlineData("""{"calls":0,"period":"Week","timeZone":"Europe/Berlin","warnAt":[50,100],"onExhaustedGrant":"Allow"}""")]
    [InlineData("""{"calls":1000000000000,"selector":{"matchNames":["a"],"matchLabels":{"a/b":""},"matchExpressions":[{"key":"c","operator":"NotIn","values":["d"]},{"key":"e","operator":"Exists"}]}}""")]
    public void A_quota_passes_unchanged(string spec)
    {
        string manifest = $$"""{"apiVersion":"mockoperator.dev/v1alpha1","kind":"MockQuota","metadata":{"name":"a"},"spec":{{spec}}}""";

        MockQuota read = JsonSerializer.Deserialize<MockQuota>(manifest, s_json)!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(manifest), JsonSerializer.SerializeToNode(read, s_json)), JsonSerializer.Serialize(read, s_json));
    }

    [Fact]
    public void A_status_says_True_and_False_and_whole_seconds()
    {
        var status = new MockServerStatus
        {
            Conditions = [new Condition { Type = "Ready", Status = ConditionStatus.True, Reason = "Serving", LastTransitionTime = DateTimeOffset.UnixEpoch }],
        };

        JsonNode condition = JsonSerializer.SerializeToNode(new MockServer { Status = status }, s_json)!["status"]!["conditions"]![0]!;

        Assert.Equal("True", (string?)condition["status"]);
        Assert.Matches(@"^1970-01-01T00:00:00(\+00:00|Z)$", (string?)condition["lastTransitionTime"]);
    }
}
