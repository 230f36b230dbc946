
namespace MockOperator.Cli.Tests.Drafts;

public sealed class CreateTests
{
    private static string Petstore => Path.Combine(DraftCli.Corpus, DraftCli.Petstore);

    [Fact]
    public async Task An_export_becomes_a_collection_and_a_mock_that_answers()
    {
        await using var cli = await DraftCli.StartAsync();
        cli.Operate();
        var (code, output, errors) = await cli.RunAsync("create", "pets", "-f", Petstore, "--wait");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            """
            mockserver.mockoperator.dev/pets created: 7 examples of collection Petstore
              URL   http://pets.demo.svc

            Try it:
              kubectl mock forward pets 8080    # in another terminal
              curl -i http://localhost:8080/v1/pets/42

            Next:
              kubectl mock calls pets -f    # who calls it, and what did not match
              kubectl mock edit pets --delay 3G    # or --private, --environment, --version
              kubectl mock tag pets v1    # keep what it answers now as a version

            """,
            output);
        Assert.Equal("""{"collectionRef":{"name":"pets"}}""", cli.Find("mockservers", "pets")!["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task Every_setting_of_the_dialog_is_an_option()
    {
        await using var cli = await DraftCli.StartAsync();
        var environment = cli.Write("staging.json", """{"name": "Staging", "values": [{"key": "a", "value": "b", "enabled": true}]}""");
        var (code, output, errors) = await cli.RunAsync(
            "create", "pets", "-f", Petstore, "--name", "Pets", "--environment", environment, "--private", "--save-url", "app/url", "--ingress", "pets.example.com", "--delay", "100ms-2s", "--quota", "1000/month");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            """{"displayName":"Pets","collectionRef":{"name":"pets"},"environment":{"postman":{"configMapKeyRef":{"name":"pets-environment","key":"environment.json"}}},"publishUrl":{"configMap":{"name":"app","key":"url"}},"private":true,"ingress":{"host":"pets.example.com"},"delay":{"min":"100ms","max":"2s"},"quota":{"calls":1000,"period":"Month"}}""",
            cli.Find("mockservers", "pets")!["spec"]!.ToJsonString());
        Assert.Contains("curl -i -H \"x-api-key: $(kubectl mock key pets)\" http://pets.example.com/v1/pets/42\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("forward", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mock_without_a_collection_is_written_on_the_line()
    {
        await using var cli = await DraftCli.StartAsync();
        var body = cli.Write("user.json", """{"id": 1}""");
        var (code, output, _) = await cli.RunAsync("create", "users", "--method", "get", "--path", "/users/{{id}}", "--status", "200", "--body", "@" + body);

        Assert.Equal(0, code);
        Assert.Equal(
            """{"collection":{"examples":[{"name":"GET /users/{{id}}","request":{"method":"GET","path":"/users/{{id}}"},"response":{"status":200,"json":{"id":1}}}]}}""",
            cli.Find("mockservers", "users")!["spec"]!.ToJsonString());
        Assert.Contains("curl -i http://localhost:8080/users/1\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_that_is_there_is_served_in_a_version_that_it_has()
    {
        await using var cli = await DraftCli.StartAsync();
        await cli.RunAsync("create", "pets", "-f", Petstore);
        Assert.Equal(0, (await cli.RunAsync("tag", "pets", "v1")).Code);

        var (code, _, errors) = await cli.RunAsync("create", "other", "--collection", "pets", "--version", "v2");
        Assert.Equal((1, "Error: Collection pets has no version v2. It has CURRENT, v1.\n"), (code, errors));
        Assert.Equal(0, (await cli.RunAsync("create", "other", "--collection", "pets", "--version", "v1")).Code);
        Assert.Equal("""{"collectionRef":{"name":"pets","version":"v1"}}""", cli.Find("mockservers", "other")!["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task A_dry_run_prints_what_would_be_applied_and_asks_nobody()
    {
        await using var cli = await DraftCli.StartAsync();
        var (code, output, _) = await cli.RunAsync("create", "users", "--path", "/users", "--body", "[]", "--dry-run=client", "-o", "yaml");

        Assert.Equal(0, code);
        Assert.Equal(
            """
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata:
              name: users
              namespace: demo
            spec:
              collection:
                examples:
                - name: GET /users
                  request:
                    method: GET
                    path: /users
                  response:
                    status: 200
                    json: []

            """,
            output);
        Assert.Empty(cli.Cluster.Requests);

        Assert.Equal((0, "mockserver.mockoperator.dev/users created (server dry run)\n", ""), await cli.RunAsync("create", "users", "--path", "/users", "--dry-run=server"));
        Assert.Null(cli.Find("mockservers", "users"));
    }

    [Theory]
    [InlineData("Error: users was made, and does not answer yet: there is no Collection\n", false)]
    [InlineData("Error: users was made, and does not answer yet: there is no Collection\n", true)]
    public async Task A_wait_that_ends_badly_says_why(string expected, bool isStalled)
    {
        await using var cli = await DraftCli.StartAsync();
        cli.Operate("False", "CollectionNotFound", "there is no Collection", isStalled);
        var (code, _, errors) = await cli.RunAsync("create", "users", "--path", "/users", "--wait", "--timeout", isStalled ? "1m" : "1s");

        Assert.Equal(1, code);
        Assert.EndsWith(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_adds_next_to_nothing()
    {
        await using var cli = await DraftCli.StartAsync();
        cli.Operate();
        await cli.RunAsync("create", "second", "--path", "/", "--wait");
        // Told by the watch: one read of what is served, no look again.
        Assert.Single(cli.Cluster.Requests, static request => request is { Verb: "watch", Resource: "mockservers" });
        Assert.DoesNotContain(cli.Cluster.Requests, static request => request is { Verb: "get", Resource: "mockservers" });
    }

    [Theory]
    [InlineData("There is no file missing.json.", "-f", "missing.json")]
    [InlineData("A mock answers with one of these:", "-f", "x.json", "--path", "/x")]
    [InlineData("--version takes --collection beside it", "--path", "/x", "--version", "v1")]
    [InlineData("An example written here needs a path", "--body", "x")]
    [InlineData("The path 'x' does not start with a slash.", "--path", "x")]
    [InlineData("'5m' is no delay: 2G, 3G, a time such as 250ms", "--path", "/x", "--delay", "5m")]
    [InlineData("'many' is no quota: calls and a period", "--path", "/x", "--quota", "many")]
    [InlineData("'app' is no place for a URL", "--path", "/x", "--save-url", "app")]
    [InlineData("There is neither a file staging nor a stored environment of that name in the namespace demo.", "--path", "/x", "--environment", "staging")]
    [InlineData("There is no Collection pets in the namespace demo.", "--collection", "pets")]
    [InlineData("Say what users answers with: a file that Postman exported (-f export.json)")]
    public async Task What_cannot_be_made_is_told_with_the_cure(string expected, params string[] options)
    {
        await using var cli = await DraftCli.StartAsync();
        var (code, _, errors) = await cli.RunAsync(["create", "users", .. options]);

        Assert.Equal(1, code);
        Assert.StartsWith($"Error: {expected}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Cluster.Requests, static request => request.Verb == "create");
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told_with_what_to_do()
    {
        await using var cli = await DraftCli.StartAsync();
        await cli.RunAsync("create", "pets", "-f", Petstore);
        Assert.Contains("or have it serve what is there: --collection pets.", (await cli.RunAsync("create", "pets", "-f", Petstore)).Errors, StringComparison.Ordinal);
        Assert.Contains("or change it: kubectl mock edit pets.", (await cli.RunAsync("create", "pets", "--path", "/x")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_is_read_from_the_pipe()
    {
        await using var cli = await DraftCli.StartAsync();
        var (code, output, _) = await cli.RunAsync(questions: null, await File.ReadAllTextAsync(Petstore, TestContext.Current.CancellationToken), "create", "pets", "-f", "-", "-o", "name");
        Assert.Equal((0, "mockserver.mockoperator.dev/pets\n"), (code, output));
    }

    [Fact]
    public async Task Without_options_it_asks_in_the_order_of_Postmans_dialog()
    {
        await using var cli = await DraftCli.StartAsync();
        var questions = new ScriptedQuestions(
            "Requests", "", "users", "/users", "", "[]", "y", "post", "/users", "99", "201", "", "n", "Not a name", "users", "None", "n", "y", "", "3G", "");
        var (code, _, errors) = await cli.RunAsync(questions, "", "create");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            [
                "What does it answer with?", "Method", "Path", "A path starts with a slash: /users/{{id}}.", "Path", "Status", "Body, or @file", "Another request?", "Method", "Path", "Status",
                "A status is a number from 200 to 599.", "Status", "Body, or @file", "Another request?", "Name of the mock",
                "the name becomes the name of a Service: at most 52 of a-z, 0-9 and '-', starting with a letter and ending with a letter or digit", "Name of the mock", "Environment?",
                "Make it private, so that callers need a key?", "Save its URL in a ConfigMap, for applications to read?", "ConfigMap and key", "Delay of its answers?", "Make the mock users in the namespace demo?",
            ],
            questions.Asked);
        Assert.Equal(
            """{"collection":{"examples":[{"name":"GET /users","request":{"method":"GET","path":"/users"},"response":{"status":200,"json":[]}},{"name":"POST /users","request":{"method":"POST","path":"/users"},"response":{"status":201}}]},"publishUrl":{"configMap":{"name":"users-mock","key":"url"}},"delay":{"preset":"3G"}}""",
            cli.Find("mockservers", "users")!["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task A_dialog_serves_a_version_of_a_collection_and_takes_no_for_an_answer()
    {
        await using var cli = await DraftCli.StartAsync();
        await cli.RunAsync("create", "pets", "-f", Petstore);
        await cli.RunAsync("tag", "pets", "v1");

        var (code, output, _) = await cli.RunAsync(new ScriptedQuestions("A collection of this namespace", "pets (Petstore)", "v1", "", "None", "n", "n", "None", "n"), "", "create");
        Assert.Equal((1, ""), (code, output));
        Assert.Single(cli.Cluster.Objects.List("mockservers"));
        await cli.RunAsync(new ScriptedQuestions("A collection of this namespace", "pets (Petstore)", "v1", "other", "None", "n", "n", "None", "y"), "", "create");
        Assert.Equal("""{"collectionRef":{"name":"pets","version":"v1"}}""", cli.Find("mockservers", "other")!["spec"]!.ToJsonString());
    }
}
