using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.Client.Connections;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Testing;

namespace MockOperator.Client.Tests.Mocks;

/// <summary>What lists read of objects that have all that objects of a cluster have.</summary>
public class ListedMockTests
{
    private const string Mock = """
        {
          "apiVersion": "mockoperator.dev/v1alpha1", "kind": "MockServer",
          "metadata": {
            "name": "users", "namespace": "demo", "uid": "u", "generation": 3, "creationTimestamp": "2026-11-02T10:00:00Z", "labels": {"team": "a"}, "ofTomorrow": {"x": [1]},
            "managedFields": [{"manager": "argocd-controller", "operation": "Apply", "apiVersion": "mockoperator.dev/v1alpha1", "time": "2026-11-02T10:00:05Z", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:replicas": {}}}}]
          },
          "spec": {
            "displayName": "Users", "collectionRef": {"name": "users", "version": "v2"}, "private": true, "replicas": 2, "activeServerResponse": "down", "seed": 7, "ofTomorrow": [{}],
            "collection": {"postman": {"info": {"name": "Users"}, "item": [{"name": "one"}]}},
            "environment": {"variables": [{"name": "a", "value": "b"}]}, "matching": {"headers": ["x-tenant"], "body": "Exact"}, "delay": {"fixed": "2s"},
            "serverResponses": [{"name": "down", "statusCode": 503, "body": "no"}], "podTemplate": {"spec": {"containers": []}}, "affinity": {"nodeAffinity": {}}
          },
          "status": {
            "observedGeneration": 3, "url": "http://users", "externalUrl": "https://users", "replicas": 2, "readyReplicas": 1, "exampleCount": 4, "collection": {"name": "users", "version": "v2"}, "calls": {"answered": 12},
            "conditions": [{"type": "Ready", "status": "False", "reason": "CollectionNotFound", "message": "There is no such collection.", "lastTransitionTime": "2026-11-02T10:00:10Z"}]
          }
        }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_tells_of_a_mock_what_the_mock_itself_would()
    {
        await using var played = await PlayedCluster.StartAsync();
        played.Objects.Put("mockservers", Mock);
        using var cluster = played.Connect();
        var listed = Assert.Single((await cluster.Api.ListPageAsync<ListedMock>(new ListQuery { Namespace = "demo" }, Cancel)).Items);
        var whole = Assert.Single((await cluster.Api.ListPageAsync<MockServer>(new ListQuery { Namespace = "demo" }, Cancel)).Items);
        Assert.True(JsonNode.DeepEquals(Json(ListedMock.Of(whole)), Json(listed)), $"{Json(ListedMock.Of(whole))}\n{Json(listed)}");
        Assert.Equal((MockState.Failing, "There is no such collection."), (MockSummary.Of(listed).State, MockSummary.Of(listed).Problem));
    }

    [Fact]
    public void A_list_reads_all_that_it_tells_and_nothing_else()
    {
        var listed = Json(Read<ListedMock>(Mock));
        Assert.Equal(
            ["activeServerResponse", "collectionRef", "delay", "displayName", "environment", "matching", "private", "replicas"],
            listed["spec"]!.AsObject().Select(static member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("argocd-controller", (string?)listed["metadata"]!["managedFields"]![0]!["manager"]);
        Assert.Null(listed["metadata"]!["managedFields"]![0]!["fieldsV1"]);
        foreach (var (name, value) in listed["spec"]!.AsObject().Where(static member => member.Key is not "matching"))
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Mock)!["spec"]![name], value), name);
    }

    [Fact]
    public void Content_of_collections_is_passed_over_however_much_and_deep_it_is()
    {
        var collection = Read<ListedCollection>($$$"""
            {
              "metadata": {"name": "users", "namespace": "demo"},
              "spec": {"postman": {"item": {{{new string('[', 200)}}}{{{new string(']', 200)}}}, "text": "{{{new string('x', 300_000)}}}"}, "versions": [{"tag": "v1", "postman": {"item": [null]}}, {"tag": "v2", "configMapKeyRef": {"name": "c", "key": "k"}}]},
              "status": {"exampleCount": 3, "skippedCount": 1, "conditions": [{"type": "Ready", "status": "True", "reason": "Ready", "message": ""}]}
            }
            """);
        Assert.Equal(["v1", "v2"], collection.Spec!.Versions!.Select(static version => version.Tag));
        Assert.Equal((3, 1, "Ready"), (collection.Status!.ExampleCount, collection.Status.SkippedCount, collection.Status.Conditions![0].Type));
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize(json, ApiJson.TypeOf<T>(MockCluster.Json))!;

    private static JsonNode Json(ListedMock mock) => JsonSerializer.SerializeToNode(mock, ApiJson.TypeOf<ListedMock>(MockCluster.Json))!;
}
