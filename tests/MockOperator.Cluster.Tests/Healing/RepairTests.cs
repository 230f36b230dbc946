using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Serving;

namespace MockOperator.Cluster.Tests.Healing;

public class RepairTests(TestCluster cluster)
{
    [Theory]
    [InlineData("Deployment", "kept-mock")]
    [InlineData("Service", "kept")]
    [InlineData("ConfigMap", "kept-mock-bundle")]
    [InlineData("ServiceAccount", "kept-mock")]
    public async Task A_child_deleted_by_hand_comes_back(string kind, string name)
    {
        await using var space = await cluster.NamespaceAsync("deleted");
        await space.ApplyAsync(EditingTests.Collection("kept", "still here"));
        await space.ApplyAsync(EditingTests.Mock("kept", "kept"));
        await space.ReadyAsync("kept");
        var before = (await space.Api.GetAsync(space.Path(kind, name)))["metadata"]!["uid"]!.GetValue<string>();

        await space.Api.DeleteAsync(space.Path(kind, name));

        await Eventually.TrueAsync(
            $"{kind} {name} is there again",
            async () => await space.Api.FindAsync(space.Path(kind, name)) is { } found && found["metadata"]!["uid"]!.GetValue<string>() != before,
            () => space.StateAsync("MockServer", "kept"));
        await space.ReadyAsync("kept");
        await space.ServesAsync(await space.DoorAsync("kept"), "/hello", "200 still here");
    }

    [Theory]
    [InlineData("Service", "kept", """{"spec":{"ports":[{"name":"http","port":81,"targetPort":8080,"protocol":"TCP"}]}}""", "spec.ports.0.port", "80")]
    [InlineData("Deployment", "kept-mock", """{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":1}}}}""", "spec.template.spec.terminationGracePeriodSeconds", null)]
    [InlineData("ConfigMap", "kept-mock-bundle", """{"binaryData":null,"data":{"index.json":"{}"}}""", "data.index\\.json", null)]
    public async Task A_child_edited_by_hand_is_put_right(string kind, string name, string patch, string field, string? expected)
    {
        await using var space = await cluster.NamespaceAsync("edited");
        await space.ApplyAsync(EditingTests.Collection("kept", "still here"));
        await space.ApplyAsync(EditingTests.Mock("kept", "kept"));
        await space.ReadyAsync("kept");
        var before = Field(await space.Api.GetAsync(space.Path(kind, name)), field);

        await space.Api.MergeAsync(space.Path(kind, name), JsonNode.Parse(patch)!.AsObject());

        await Eventually.TrueAsync(
            $"{field} of {kind} {name} is {expected ?? before} again",
            async () => Field(await space.Api.GetAsync(space.Path(kind, name)), field) == (expected ?? before),
            () => space.StateAsync("MockServer", "kept"));
        await space.ReadyAsync("kept");
        await space.ServesAsync(await space.DoorAsync("kept"), "/hello", "200 still here");
    }

    [Fact]
    public async Task An_object_of_somebody_else_is_never_taken_over()
    {
        await using var space = await cluster.NamespaceAsync("conflict");
        await space.ApplyAsync("""
            apiVersion: v1
            kind: Service
            metadata: {name: taken}
            spec: {selector: {app: somebody-else}, ports: [{port: 5432, protocol: TCP}]}
            """);
        await space.ApplyAsync(EditingTests.Collection("taken", "not here"));
        await space.ApplyAsync(EditingTests.Mock("taken", "taken"));

        var mock = await space.ConditionAsync("MockServer", "taken", "Ready", "False", "taken");

        Assert.Contains("NameConflict", mock["status"]!["conditions"]!.ToJsonString(), StringComparison.Ordinal);
        var service = await space.Api.GetAsync(space.Path("Service", "taken"));
        Assert.Equal(5432, service["spec"]!["ports"]![0]!["port"]!.GetValue<int>());
        Assert.Equal("somebody-else", service["spec"]!["selector"]!["app"]!.GetValue<string>());

        await space.Api.DeleteAsync(space.Path("Service", "taken"));
        await space.ReadyAsync("taken");
    }

    private static string? Field(JsonNode? node, string field)
    {
        foreach (var part in field.Replace("\\.", "\u0001", StringComparison.Ordinal).Split('.'))
            node = int.TryParse(part, out var index) ? node?[index] : node?[part.Replace('\u0001', '.')];
        return node?.ToString();
    }
}
