using System.Text.Json.Nodes;

namespace MockOperator.Cli.Tests.Drafts;

public sealed class ChangeTests
{
    private static string Petstore => Path.Combine(DraftCli.Corpus, DraftCli.Petstore);

    [Fact]
    public async Task An_edit_changes_what_it_names_and_nothing_else()
    {
        await using var cli = await MadeAsync();
        Assert.Equal((0, "mockserver.mockoperator.dev/pets edited\n", ""), await cli.RunAsync("edit", "pets", "--name", "Pets", "--private", "--delay", "2G"));
        Assert.Equal("""{"collectionRef":{"name":"pets"},"displayName":"Pets","private":true,"delay":{"preset":"2G"}}""", Spec(cli));

        Assert.Equal((0, "mockserver.mockoperator.dev/pets edited\n", ""), await cli.RunAsync("edit", "pets", "--name", "", "--public", "--delay", "none"));
        Assert.Equal("""{"collectionRef":{"name":"pets"},"private":false}""", Spec(cli));
        Assert.Equal((0, "mockserver.mockoperator.dev/pets unchanged\n", ""), await cli.RunAsync("edit", "pets", "--public"));
    }

    [Fact]
    public async Task A_dry_run_of_an_edit_prints_the_patch()
    {
        await using var cli = await MadeAsync();
        Assert.Equal((0, "spec:\n  displayName: Pets\n", ""), await cli.RunAsync("edit", "pets", "--name", "Pets", "--dry-run=client", "-o", "yaml"));
        Assert.Equal((0, "mockserver.mockoperator.dev/pets edited (server dry run)\n", ""), await cli.RunAsync("edit", "pets", "--name", "Pets", "--dry-run=server"));
        Assert.Equal("""{"collectionRef":{"name":"pets"}}""", Spec(cli));
    }

    [Theory]
    [InlineData("Say what to change: --name, --collection, --version, --environment, --private, --public, --delay, --respond-with, --respond-normally, --match-body, ")]
    [InlineData("--private and --public exclude each other.", "--private", "--public")]
    [InlineData("--respond-with and --respond-normally exclude each other.", "--respond-with", "x", "--respond-normally")]
    [InlineData("Error: Mock 'pets' has no server responses. Add one first: its name and its status, from 400 to 599.", "--respond-with", "down")]
    [InlineData("Error: Collection pets has no version v9. It has CURRENT.", "--version", "v9")]
    [InlineData("Error: There is no stored environment 'none-such' in namespace 'demo'", "--environment", "none-such")]
    public async Task An_edit_that_cannot_be_is_told(string expected, params string[] options)
    {
        await using var cli = await MadeAsync();
        var (code, _, errors) = await cli.RunAsync(["edit", "pets", .. options]);

        Assert.Equal(1, code);
        Assert.StartsWith(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Cluster.Requests, static request => request.Verb == "patch");
    }

    [Fact]
    public async Task Another_collection_that_is_there_is_served()
    {
        await using var cli = await MadeAsync();
        Assert.Equal(0, (await cli.RunAsync("create", "dogs", "-f", Petstore)).Code);
        Assert.Equal((0, "mockserver.mockoperator.dev/pets edited\n", ""), await cli.RunAsync("edit", "pets", "--collection", "dogs"));
        Assert.Equal("""{"collectionRef":{"name":"dogs"}}""", Spec(cli));
        Assert.StartsWith("Error: There is no Collection dog in the namespace demo. Did you mean dogs?", (await cli.RunAsync("edit", "pets", "--collection", "dog")).Errors, StringComparison.Ordinal);
        Assert.StartsWith("Error: ", (await cli.RunAsync("edit", "pets", "--collection", "dogs", "--version", "v7")).Errors, StringComparison.Ordinal);
        Assert.Equal("""{"collectionRef":{"name":"dogs"}}""", Spec(cli));
    }

    [Fact]
    public async Task What_GitOps_keeps_is_warned_of()
    {
        await using var cli = await MadeAsync();
        var mock = cli.Find("mockservers", "pets")!;
        mock["metadata"]!["labels"] = new JsonObject { ["kustomize.toolkit.fluxcd.io/name"] = "apps" };
        cli.Cluster.Objects.Put("mockservers", mock);

        Assert.StartsWith("Warning: Flux keeps this mock (apps) and may undo the change", (await cli.RunAsync("edit", "pets", "--private")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mock_is_paused_and_resumed()
    {
        await using var cli = await MadeAsync();
        Assert.Equal((0, "mockserver.mockoperator.dev/pets paused\n", ""), await cli.RunAsync("pause", "pets"));
        Assert.Equal(0, (int?)cli.Find("mockservers", "pets")!["spec"]!["replicas"]);
        Assert.Equal((0, "mockserver.mockoperator.dev/pets resumed\n", ""), await cli.RunAsync("resume", "pets", "--replicas", "3"));
        Assert.Equal((0, "mockserver.mockoperator.dev/pets unchanged\n", ""), await cli.RunAsync("resume", "pets"));
        Assert.Equal(3, (int?)cli.Find("mockservers", "pets")!["spec"]!["replicas"]);

        await cli.RunAsync("pause", "pets");
        Assert.Equal((0, "mockserver.mockoperator.dev/pets resumed\n", ""), await cli.RunAsync("resume", "pets"));
        Assert.Equal(3, (int?)cli.Find("mockservers", "pets")!["spec"]!["replicas"]);
        Assert.StartsWith("--replicas is at least 1.", (await cli.RunAsync("resume", "pets", "--replicas", "0")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_of_before_a_pause_that_can_not_have_been_are_refused()
    {
        await using var cli = await MadeAsync();
        await cli.RunAsync("pause", "pets");
        var mock = cli.Find("mockservers", "pets")!;
        mock["metadata"]!["annotations"] = new JsonObject { ["mockoperator.dev/replicas-before-pause"] = "1000000" };
        cli.Cluster.Objects.Put("mockservers", mock);

        Assert.StartsWith("Error: The annotation mockoperator.dev/replicas-before-pause of mock 'pets' says '1000000'", (await cli.RunAsync("resume", "pets")).Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await cli.RunAsync("resume", "pets", "--replicas", "2")).Code);
        Assert.Equal(2, (int?)cli.Find("mockservers", "pets")!["spec"]!["replicas"]);
    }

    [Fact]
    public async Task A_mock_is_deleted_when_somebody_agrees()
    {
        await using var cli = await MadeAsync();
        const string Question = "Delete the mock pets in the namespace demo? Whoever calls it will get no answer.";
        Assert.Equal((1, "", $"Error: {Question} Nobody can be asked here: add --yes.\n"), await cli.RunAsync("delete", "pets"));
        var questions = new ScriptedQuestions("n");
        Assert.Equal(1, (await cli.RunAsync(questions, "", "delete", "pets")).Code);
        Assert.Equal([Question], questions.Asked);

        Assert.Equal((0, "mockserver.mockoperator.dev/pets deleted\n", ""), await cli.RunAsync("delete", "pets", "--yes"));
        Assert.NotNull(cli.Find("collections", "pets"));
    }

    [Fact]
    public async Task A_collection_goes_with_its_last_mock()
    {
        await using var cli = await MadeAsync();
        await cli.RunAsync("create", "other", "--collection", "pets");
        Assert.Equal((0, "mockserver.mockoperator.dev/pets deleted\n", "Collection pets stays: other serves it as well.\n"), await cli.RunAsync("delete", "pets", "--collection", "-y"));
        Assert.Equal((0, "mockserver.mockoperator.dev/other deleted\ncollection.mockoperator.dev/pets deleted\n", ""), await cli.RunAsync("delete", "other", "--collection", "-y"));
    }

    [Fact]
    public async Task A_version_is_made_and_served()
    {
        await using var cli = await MadeAsync();
        Assert.Equal((0, "collection.mockoperator.dev/pets tagged v1\nA mock serves it with: kubectl mock edit MOCK --version v1\n", ""), await cli.RunAsync("tag", "pets", "v1"));
        Assert.Equal(0, (await cli.RunAsync("edit", "pets", "--version", "v1")).Code);
        Assert.Equal("""{"collectionRef":{"name":"pets","version":"v1"}}""", Spec(cli));
        Assert.StartsWith("Error: Collection 'pets' has a version v1 already", (await cli.RunAsync("tag", "pets", "v1")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_is_exported_as_Postman_reads_it()
    {
        await using var cli = await MadeAsync();
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Petstore, TestContext.Current.CancellationToken));
        var (code, output, _) = await cli.RunAsync("export", "pets");
        Assert.Equal(0, code);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(output)));

        var file = cli.Place("out.json");
        Assert.Equal(0, (await cli.RunAsync("export", "pets", "-o", file)).Code);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))));
        Assert.StartsWith("Error: There is no Collection pet in the namespace demo. Did you mean pets?", (await cli.RunAsync("export", "pet")).Errors, StringComparison.Ordinal);
    }

    private static string Spec(DraftCli cli) => cli.Find("mockservers", "pets")!["spec"]!.ToJsonString();

    private static async Task<DraftCli> MadeAsync()
    {
        var cli = await DraftCli.StartAsync();
        Assert.Equal(0, (await cli.RunAsync("create", "pets", "-f", Petstore)).Code);
        cli.Cluster.Requests.Clear();
        return cli;
    }
}
