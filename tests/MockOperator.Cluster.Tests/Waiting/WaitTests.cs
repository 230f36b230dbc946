using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Serving;

namespace MockOperator.Cluster.Tests.Waiting;

/// <summary>Waits by conditions, on a real API server: its defaults, its merge of conditions, and kubectl.</summary>
public class WaitTests(TestCluster cluster)
{
    [Fact]
    public async Task A_new_object_says_in_the_answer_that_made_it_that_nobody_has_looked_at_it_and_later_keeps_nothing_of_that()
    {
        await using var space = await cluster.NamespaceAsync("new");
        foreach (var (kind, spec) in new[]
        {
            ("Collection", """{"examples": [{"name": "hello", "request": {"path": "/hello"}, "response": {"body": "hi"}}]}"""),
            ("MockServer", """{"collectionRef": {"name": "hello"}}"""),
            ("MockQuota", """{"calls": 100}"""),
        })
        {
            var made = await space.Api.ApplyAsync(space.Path(kind, "hello"), new JsonObject
            {
                ["apiVersion"] = "mockoperator.dev/v1alpha1",
                ["kind"] = kind,
                ["metadata"] = new JsonObject { ["name"] = "hello" },
                ["spec"] = JsonNode.Parse(spec),
            });

            var ready = Assert.Single(made["status"]!["conditions"]!.AsArray())!;
            Assert.Equal(("Ready", "Unknown", "Pending"), ((string?)ready["type"], (string?)ready["status"], (string?)ready["reason"]));
        }

        foreach (var kind in new[] { "Collection", "MockServer", "MockQuota" })
        {
            var settled = await space.ConditionAsync(kind, "hello", "Ready", "True");
            var conditions = settled["status"]!["conditions"]!.AsArray();
            Assert.DoesNotContain("1970", conditions.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(conditions, condition => (string?)condition!["type"] is "Reconciling" or "Stalled");
        }
    }

    [Fact]
    public async Task A_wait_of_kubectl_ends_for_a_mock_that_is_served_for_one_that_is_paused_and_for_one_that_is_resumed()
    {
        await using var space = await cluster.NamespaceAsync("waited");
        await space.ApplyAsync(EditingTests.Collection("words", "here"));
        await space.ApplyAsync(EditingTests.Mock("words", "words"));
        await WaitAsync(space, "Ready");
        Assert.Single(await space.PodsAsync("words"));

        await space.ApplyAsync(EditingTests.Mock("words", "words", "replicas: 0"));
        await WaitAsync(space, "Ready");
        Assert.Empty(await space.PodsAsync("words"));
        Assert.Contains("\"Paused\"", (await space.ReadyAsync("words"))["status"]!["conditions"]!.ToJsonString(), StringComparison.Ordinal);

        await space.ApplyAsync(EditingTests.Mock("words", "words", "replicas: 1"));
        await WaitAsync(space, "Ready");
        Assert.Single(await space.PodsAsync("words"));
    }

    [Fact]
    public async Task What_only_an_edit_helps_is_Stalled_until_it_was_edited_and_what_comes_by_itself_is_Reconciling_until_it_has_come()
    {
        await using var space = await cluster.NamespaceAsync("stalled");
        await space.ApplyAsync(EditingTests.Mock("words", "words", "podTemplate: {spec: {hostNetwork: true}}"));
        await WaitAsync(space, "Stalled");

        await space.ApplyAsync(EditingTests.Mock("words", "words"));
        await WaitAsync(space, "Reconciling");
        Assert.DoesNotContain("Stalled", (await space.Api.GetAsync(space.Path("MockServer", "words")))["status"]!["conditions"]!.ToJsonString(), StringComparison.Ordinal);

        await space.ApplyAsync(EditingTests.Collection("words", "here"));
        await WaitAsync(space, "Ready");
        Assert.DoesNotContain("Reconciling", (await space.ReadyAsync("words"))["status"]!["conditions"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private async Task WaitAsync(MockNamespace space, string condition)
    {
        // Before 1.21 kubectl did not ask which generation a condition is of, and took the answer of before an edit.
        await space.ConditionAsync("MockServer", "words", condition, "True");
        await cluster.KubectlAsync("-n", space.Name, "wait", $"--for=condition={condition}", "--timeout=180s", "mockserver/words");
    }
}
