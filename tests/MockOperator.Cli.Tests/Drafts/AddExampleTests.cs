using System.Text.Json.Nodes;
using MockOperator.Cli.Tests.Access;
using MockOperator.Client.Calls;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Mocking.Collections;

namespace MockOperator.Cli.Tests.Drafts;

/// <summary>A call that a real runtime in this process did not answer becomes an example.</summary>
public sealed class AddExampleTests : IAsyncLifetime
{
    private DraftCli _cli = null!;
    private ServedFiles _pod = null!;

    public async ValueTask InitializeAsync()
    {
        _cli = await DraftCli.StartAsync();
        Assert.Equal(0, (await _cli.RunAsync("create", "pets", "-f", Path.Combine(DraftCli.Corpus, DraftCli.Petstore))).Code);
        _pod = await ServedFiles.OpenAsync(
            """
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: pets}
            spec:
              collection:
                examples: [{name: all, request: {path: /all}}]
            """);
        _cli.Cluster.AddPod("pets", "pets-mock-a", _pod.Ports);
    }

    public async ValueTask DisposeAsync()
    {
        await _cli.DisposeAsync();
        await _pod.DisposeAsync();
    }

    [Fact]
    public async Task The_change_is_shown_and_made_when_somebody_agrees()
    {
        var id = await CallAsync("/owners/7?full=1");
        var before = Document();
        var refused = new ScriptedQuestions("n");
        var (code, shown, _) = await _cli.RunAsync(refused, "", "add-example", "pets", id, "--status", "201", "--body", """{"id": 7}""");

        Assert.Equal(1, code);
        Assert.Equal(["Add the example to Collection pets?"], refused.Asked);
        Assert.StartsWith("--- Collection pets\n+++ Collection pets\n@@ ", shown, StringComparison.Ordinal);
        Assert.Contains("\n+      \"name\": \"GET /owners/7\",\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\n-", shown[3..].Replace("\n+++", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(before, Document()));

        (code, var output, _) = await _cli.RunAsync("add-example", "pets", id, "--status", "201", "--body", """{"id": 7}""", "--yes");
        Assert.Equal(0, code);
        Assert.EndsWith("Collection pets: example 'GET /owners/7' added\n", output, StringComparison.Ordinal);
        var added = Assert.Single(CollectionReader.ReadPostman(System.Text.Encoding.UTF8.GetBytes(Document().ToJsonString())).Examples, static example => example.Name == "GET /owners/7");
        Assert.Equal((201, "owners/7", new QueryParameter("full", "1")), (added.Response.Status, string.Join('/', added.Request.Url.Path), Assert.Single(added.Request.Url.Query)));
    }

    [Fact]
    public async Task A_dry_run_shows_and_writes_nothing()
    {
        var id = await CallAsync("/owners");
        var before = Document();
        Assert.Equal(0, (await _cli.RunAsync("add-example", "pets", id, "--dry-run=server")).Code);
        Assert.True(JsonNode.DeepEquals(before, Document()));
    }

    [Fact]
    public async Task A_mock_that_serves_a_version_is_told_apart()
    {
        var id = await CallAsync("/owners");
        await _cli.RunAsync("tag", "pets", "v1");
        await _cli.RunAsync("edit", "pets", "--version", "v1");
        Assert.Equal(
            (1, "", "Error: Mock 'pets' serves version v1 of Collection 'pets', and a version never changes. Have it serve CURRENT first.\n"),
            await _cli.RunAsync("add-example", "pets", id, "--yes"));
    }

    [Fact]
    public async Task A_mock_with_examples_of_its_own_keeps_it_itself()
    {
        await _cli.RunAsync("delete", "pets", "--yes");
        await _cli.RunAsync("create", "pets", "--path", "/all");
        _cli.Cluster.AddPod("pets", "pets-mock-b", _pod.Ports);
        var id = await CallAsync("/owners");

        Assert.EndsWith("MockServer pets: example 'all owners' added\n", (await _cli.RunAsync("add-example", "pets", id, "--name", "all owners", "--yes")).Output, StringComparison.Ordinal);
        Assert.Equal(["GET /all", "all owners"], _cli.Find("mockservers", "pets")!["spec"]!["collection"]!["examples"]!.AsArray().Select(static example => (string?)example!["name"]));
    }

    [Fact]
    public async Task A_call_that_no_pod_remembers_is_told() =>
        Assert.StartsWith("Error: No pod of pets remembers a call nothing-1.", (await _cli.RunAsync("add-example", "pets", "nothing-1", "--yes")).Errors, StringComparison.Ordinal);

    private JsonNode Document() => _cli.Find("collections", "pets")!["spec"]!["postman"]!;

    private async Task<string> CallAsync(string path)
    {
        using var answer = await _pod.SendAsync("GET", path);
        Assert.Equal(404, (int)answer.StatusCode);
        using var cluster = _cli.Cluster.Connect();
        using var calls = new MockCalls(cluster.Api, new ObjectKey("demo", "pets"));
        var listing = await calls.ReadAsync(CallFilter.All, cancellationToken: TestContext.Current.CancellationToken);
        return listing.Calls.First(found => found.Call.Request.Path == path).Call.Id;
    }
}
