using System.Text.Json;
using MockOperator.Kubernetes.Caching;

namespace MockOperator.Kubernetes.Tests.Caching;

public sealed class FieldOwnershipTests
{
    private const string Desired = """
        {"apiVersion":"apps/v1","kind":"Deployment",
         "metadata":{"name":"a","namespace":"x","labels":{"app":"a"},"finalizers":["one"],"ownerReferences":[{"uid":"u","name":"o"}]},
         "spec":{"replicas":2,"selector":{"matchLabels":{"app":"a"}},"args":["b"],"empty":{},
                 "ports":[{"containerPort":80,"name":"http"}],"volumes":[{"name":"tmp","emptyDir":{}}]}}
        """;

    private const string Fields = """
        {"f:metadata":{"f:labels":{"f:app":{}},"f:finalizers":{"v:\"one\"":{}},"f:ownerReferences":{"k:{\"uid\":\"u\"}":{".":{},"f:uid":{},"f:name":{}}}},
         "f:spec":{"f:replicas":{},"f:selector":{},"f:args":{},
                   "f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},"f:name":{}}},
                   "f:volumes":{"k:{\"name\":\"tmp\"}":{".":{},"f:name":{},"f:emptyDir":{}}}}}
        """;

    [Fact]
    public void What_was_applied_is_owned_with_atomic_fields_keys_and_defaults_of_keys() => Assert.True(Covers(Desired, Fields));

    [Fact]
    public void A_map_that_is_not_atomic_is_owned_by_its_members() =>
        Assert.True(Covers(Desired, Fields.Replace("\"f:selector\":{}", "\"f:selector\":{\"f:matchLabels\":{\".\":{},\"f:app\":{}}}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("\"f:replicas\":{},")]
    [InlineData("\"f:labels\":{\"f:app\":{}},")]
    [InlineData("\"f:finalizers\":{\"v:\\\"one\\\"\":{}},")]
    [InlineData("\"f:args\":{},")]
    [InlineData(",\"f:emptyDir\":{}")]
    [InlineData("\"f:containerPort\":{},")]
    [InlineData("\"f:uid\":{},")]
    public void A_field_that_somebody_else_took_is_missed(string taken)
    {
        var left = Fields.Replace(taken, "", StringComparison.Ordinal);
        Assert.NotEqual(Fields, left);
        // A leaf that we set to an empty object says nothing, owned or not.
        Assert.Equal(taken.Contains("emptyDir", StringComparison.Ordinal), Covers(Desired, left));
    }

    [Fact]
    public void An_item_of_another_key_is_not_ours() =>
        Assert.False(Covers(Desired, Fields.Replace("\\\"containerPort\\\":80", "\\\"containerPort\\\":81", StringComparison.Ordinal)));

    [Fact]
    public void Nothing_is_owned_in_an_object_without_fields() => Assert.False(Covers(Desired, "{}"));

    private static bool Covers(string desired, string fields)
    {
        using var wanted = JsonDocument.Parse(desired);
        using var owned = JsonDocument.Parse(fields);
        return FieldOwnership.Covers(wanted.RootElement, owned.RootElement);
    }
}
