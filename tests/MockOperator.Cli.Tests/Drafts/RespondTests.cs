using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MockOperator.Cli.CommandLine;
using MockOperator.PostmanApi.Callers;

namespace MockOperator.Cli.Tests.Drafts;

/// <summary>Server responses by the command line: written, given, shown, removed; the same ones by Postman's API.</summary>
public sealed class RespondTests
{
    [Fact]
    public async Task A_server_response_is_written_and_given_to_every_call_until_it_ends()
    {
        await using var cli = await MadeAsync();
        var body = cli.Write("down.json", """{"error": "down until {{time}}"}""");
        Assert.Equal(
            (0, "mockserver.mockoperator.dev/pets answers every call with outage (503)\nIt answers by its examples again by: kubectl mock respond pets --normally\n", ""),
            await cli.RunAsync("respond", "pets", "outage", "--status", "503", "--header", "Retry-After: 30", "--header", "Content-Type: application/json", "--body", "@" + body));
        Assert.Equal(
            """[{"name":"outage","status":503,"headers":[{"name":"Retry-After","value":"30"},{"name":"Content-Type","value":"application/json"}],"body":"{\u0022error\u0022: \u0022down until {{time}}\u0022}"}]""",
            Spec(cli)["serverResponses"]!.ToJsonString());
        Assert.Equal("outage", (string?)Spec(cli)["activeServerResponse"]);

        Assert.Equal((0, "mockserver.mockoperator.dev/pets answers by its examples\n", ""), await cli.RunAsync("respond", "pets", "--normally"));
        Assert.Null(Spec(cli)["activeServerResponse"]);
        Assert.Equal((0, "mockserver.mockoperator.dev/pets unchanged\n", ""), await cli.RunAsync("respond", "pets", "--normally"));
    }

    [Fact]
    public async Task A_share_of_the_calls_gets_it_and_one_that_is_there_is_changed_only_where_it_is_named()
    {
        await using var cli = await MadeAsync();
        await cli.RunAsync("respond", "pets", "outage", "--status", "503", "--body", "down", "--header", "Retry-After: 30");
        Assert.StartsWith("mockserver.mockoperator.dev/pets answers 10% of its calls with outage (503)\n", (await cli.RunAsync("respond", "pets", "outage", "--share", "10%")).Output, StringComparison.Ordinal);
        Assert.Equal("""[{"name":"outage","status":503,"headers":[{"name":"Retry-After","value":"30"}],"body":"down","share":10}]""", Spec(cli)["serverResponses"]!.ToJsonString());
        Assert.StartsWith("mockserver.mockoperator.dev/pets answers every call with outage (500)\n", (await cli.RunAsync("respond", "pets", "outage", "--share", "100", "--status", "500", "--header", "none", "--body", "")).Output, StringComparison.Ordinal);
        Assert.Equal("""[{"name":"outage","status":500}]""", Spec(cli)["serverResponses"]!.ToJsonString());
    }

    [Fact]
    public async Task One_that_is_prepared_is_ready_and_is_not_given()
    {
        await using var cli = await MadeAsync();
        Assert.Equal(
            (0, "mockserver.mockoperator.dev/pets has too busy (429) ready\nIt answers with that by: kubectl mock respond pets 'too busy'\n", ""),
            await cli.RunAsync("respond", "pets", "too busy", "--status", "429", "--prepare"));
        Assert.Null(Spec(cli)["activeServerResponse"]);
        Assert.Equal(0, (await cli.RunAsync("respond", "pets", "too busy")).Code);
        Assert.Equal("too busy", (string?)Spec(cli)["activeServerResponse"]);
        Assert.StartsWith("mockserver.mockoperator.dev/pets unchanged\n", (await cli.RunAsync("respond", "pets", "too busy", "--status", "429")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_are_shown()
    {
        await using var cli = await MadeAsync();
        Assert.Equal((0, "", "pets has no server responses. One that simulates an outage: kubectl mock respond pets outage --status 503\n"), await cli.RunAsync("respond", "pets"));
        await cli.RunAsync("respond", "pets", "outage", "--status", "503", "--body", "döwn");
        await cli.RunAsync("respond", "pets", "flaky", "--status", "500", "--share", "20%", "--prepare");
        Assert.Equal("NAME     STATUS   SHARE   BYTES   ACTIVE\noutage   503      100%    5       yes\nflaky    500      20%     0       -\n", (await cli.RunAsync("respond", "pets")).Output);
        Assert.Equal("outage\nflaky\n", (await cli.RunAsync("respond", "pets", "-o", "name")).Output);
        Assert.Equal("flaky", (string?)JsonNode.Parse((await cli.RunAsync("respond", "pets", "-o", "json")).Output)![1]!["name"]);
    }

    [Fact]
    public async Task One_that_is_removed_is_not_given_any_more()
    {
        await using var cli = await MadeAsync();
        await cli.RunAsync("respond", "pets", "outage", "--status", "503");
        await cli.RunAsync("respond", "pets", "flaky", "--status", "500", "--prepare");
        Assert.Equal((0, "mockserver.mockoperator.dev/pets has no server response flaky any more\n", ""), await cli.RunAsync("respond", "pets", "flaky", "--remove"));
        Assert.Equal("outage", (string?)Spec(cli)["activeServerResponse"]);
        Assert.Equal((0, "mockserver.mockoperator.dev/pets has no server response outage any more, and answers by its examples\n", ""), await cli.RunAsync("respond", "pets", "outage", "--remove"));
        Assert.Equal("""{"collectionRef":{"name":"pets"}}""", Spec(cli).ToJsonString());
    }

    [Theory]
    [InlineData("Error: outage is a new server response: say its --status, 400 to 599.\n", "outage", "--body", "x")]
    [InlineData("Error: Mock 'pets' has no server responses. Add one first: its name and its status, from 400 to 599.\n", "outage")]
    [InlineData("Error: Mock 'pets' has no server responses. Add one first: its name and its status, from 400 to 599.\n", "outage", "--remove")]
    [InlineData("Error: spec.serverResponses[0].status: 400 to 599\n", "outage", "--status", "200")]
    [InlineData("Error: '0%' is no share of calls: a percentage from 1% to 100%.\n", "outage", "--status", "503", "--share", "0%")]
    [InlineData("Error: 'Retry After: 3' is no header: name and value with a colon between them, such as 'Content-Type: text/plain'.\n", "outage", "--status", "503", "--header", "Retry After: 3")]
    [InlineData("Error: There is no file nowhere.json.\n", "outage", "--status", "503", "--body", "@nowhere.json")]
    [InlineData("--normally stands alone: it names no server response and writes none.\n", "outage", "--normally")]
    [InlineData("--remove stands alone: what is removed is not written.\n", "outage", "--remove", "--status", "503")]
    [InlineData("Name the server response behind the mock.\n", "--status", "503")]
    [InlineData("--prepare writes a server response: say its --status, --header, --body or --share.\n", "outage", "--prepare")]
    public async Task What_cannot_be_is_told_and_nothing_is_sent(string expected, params string[] options)
    {
        await using var cli = await MadeAsync();
        var (code, output, errors) = await cli.RunAsync(["respond", "pets", .. options]);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Cluster.Requests, static request => request.Verb == "patch");
    }

    [Fact]
    public async Task A_dry_run_prints_the_patch_and_what_GitOps_keeps_is_warned_of()
    {
        await using var cli = await MadeAsync();
        Assert.Equal(
            (0, "spec:\n  serverResponses:\n  - name: outage\n    status: 503\n  activeServerResponse: outage\n", ""),
            await cli.RunAsync("respond", "pets", "outage", "--status", "503", "--dry-run=client", "-o", "yaml"));
        var mock = cli.Find("mockservers", "pets")!;
        mock["metadata"]!["labels"] = new JsonObject { ["kustomize.toolkit.fluxcd.io/name"] = "apps" };
        cli.Cluster.Objects.Put("mockservers", mock);
        Assert.StartsWith("Warning: Flux keeps this mock (apps) and may undo the change", (await cli.RunAsync("respond", "pets", "outage", "--status", "503")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_write_meanwhile_is_not_lost()
    {
        await using var cli = await MadeAsync();
        await cli.RunAsync("respond", "pets", "flaky", "--status", "500", "--prepare");
        var patches = 0;
        cli.Cluster.Trouble = request =>
        {
            if (request is { Verb: "patch" } && patches++ == 0)
            {
                var mock = cli.Find("mockservers", "pets")!;
                mock["spec"]!["serverResponses"]!.AsArray().Add((JsonNode)new JsonObject { ["name"] = "theirs", ["status"] = 502 });
                cli.Cluster.Objects.Put("mockservers", mock);
            }

            return null;
        };
        Assert.Equal(0, (await cli.RunAsync("respond", "pets", "outage", "--status", "503")).Code);
        Assert.Equal(["flaky", "theirs", "outage"], Spec(cli)["serverResponses"]!.AsArray().Select(static one => (string?)one!["name"]));
    }

    [Fact]
    public async Task Postmans_API_and_the_command_line_have_the_same_ones()
    {
        await using var cli = await MadeAsync();
        await cli.RunAsync("respond", "pets", "outage", "--status", "503", "--body", "down");
        var cancellation = TestContext.Current.CancellationToken;
        using var cluster = cli.Cluster.Connect();
        await using var server = await ApiCommand.OpenAsync(new IPEndPoint(IPAddress.Loopback, 0), PostmanCallers.Owner(cluster, "a-key-for-this-test", "demo"), TimeProvider.System, "--port", cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(ApiCommand.Url(server)) };
        http.DefaultRequestHeaders.Add("x-api-key", "a-key-for-this-test");

        var mock = JsonNode.Parse(await http.GetStringAsync(new Uri("/mocks", UriKind.Relative), cancellation))!["mocks"]![0]!;
        var responses = new Uri($"/mocks/{mock["id"]}/server-responses", UriKind.Relative);
        var listed = JsonNode.Parse(await http.GetStringAsync(responses, cancellation))![0]!;
        Assert.Equal(("outage", 503, (string?)mock["config"]!["serverResponseId"]), ((string?)listed["name"], (int?)listed["statusCode"], (string?)listed["id"]));
        var whole = JsonNode.Parse(await http.GetStringAsync(new Uri($"{responses}/{listed["id"]}", UriKind.Relative), cancellation))!;
        Assert.Equal("down", (string?)whole["body"]);

        using (var made = await http.PostAsJsonAsync(responses, JsonNode.Parse("""{"serverResponse": {"name": "Away today", "statusCode": 504, "body": "later"}}"""), cancellation))
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal("NAME         STATUS   SHARE   BYTES   ACTIVE\noutage       503      100%    4       yes\nAway today   504      100%    5       -\n", (await cli.RunAsync("respond", "pets")).Output);
        Assert.Equal(0, (await cli.RunAsync("respond", "pets", "Away today")).Code);
        Assert.Equal("Away today", (string?)Spec(cli)["activeServerResponse"]);
    }

    private static JsonNode Spec(DraftCli cli) => cli.Find("mockservers", "pets")!["spec"]!;

    private static async Task<DraftCli> MadeAsync()
    {
        var cli = await DraftCli.StartAsync();
        Assert.Equal(0, (await cli.RunAsync("create", "pets", "-f", Path.Combine(DraftCli.Corpus, DraftCli.Petstore))).Code);
        cli.Cluster.Requests.Clear();
        return cli;
    }
}
