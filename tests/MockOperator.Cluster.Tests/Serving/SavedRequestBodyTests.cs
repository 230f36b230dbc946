using System.Net;
using System.Text;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Serving;

/// <summary>What a pod does with the files of its image and with no others: on a developer's machine everything else would be there too.</summary>
public class SavedRequestBodyTests(TestCluster cluster)
{
    [Fact]
    public async Task An_edit_that_adds_a_saved_request_body_is_served_by_the_same_pods()
    {
        await using var space = await cluster.NamespaceAsync("body");
        await space.ApplyAsync(EditingTests.Collection("things", "first"));
        await space.ApplyAsync(EditingTests.Mock("things", "things", "matching: {body: Exact}"));
        await space.ReadyAsync("things");
        var door = await space.DoorAsync("things");
        await space.ServesAsync(door, "/hello", "200 first");

        await space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: Collection
            metadata: {name: things}
            spec:
              examples:
              - {name: hello, request: {method: GET, path: /hello}, response: {status: 200, body: second} }
              - {name: one, request: {method: POST, path: /things, json: {a: 1} }, response: {status: 201, body: one} }
              - {name: two, request: {method: POST, path: /things, json: {a: 2} }, response: {status: 201, body: two} }
            """);

        await space.ServesAsync(door, "/hello", "200 second");
        using var body = new StringContent("{\"a\": 2}", Encoding.UTF8, "application/json");
        using var answer = await door.PostAsync(new Uri("/things", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Created, "two"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        await space.ReadyAsync("things");
        foreach (var pod in await space.Api.ListAsync($"{space.Path("Pod")}?labelSelector=mockoperator.dev/mock-server%3Dthings"))
            Assert.Equal(0, pod["status"]!["containerStatuses"]![0]!["restartCount"]!.GetValue<int>());
    }
}
