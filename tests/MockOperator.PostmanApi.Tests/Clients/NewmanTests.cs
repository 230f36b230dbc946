using System.Globalization;
using MockOperator.PostmanApi.Tests.Playing;
using MockOperator.Runtime.Tests.CommandLine;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Clients;

/// <summary>newman takes collection and environment from this API by their URLs, and runs them against a mock that serves the same collection.</summary>
public sealed class NewmanTests : IAsyncLifetime
{
    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await PlayedApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_collection_runs_from_its_URL_against_a_mock_of_it()
    {
        var newman = PostmanClients.Newman;
        var ends = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("newman-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "pets.json"), Samples.Collection(), ends);
        var port = ProgramProcess.FreePort();
        await using var mock = ProgramProcess.Start(
            "serve", folder, "--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--admin-port", "0", "--calls-port", "0");
        await mock.SaysAsync("Ctrl+C ends", ends);
        var collection = (string)(await _api.SendAsync("POST", "/collections?workspace=demo", $$"""{"collection":{{Samples.Collection()}} }""")).Is(200)["collection"]["uid"]!;
        var environment = (string)(await _api.SendAsync("POST", "/environments?workspace=demo", $$$$"""{"environment":{"name":"Mock","values":[{"key":"baseUrl","value":"http://127.0.0.1:{{{{port}}}}","enabled":true}]}}""")).Is(200)["environment"]["uid"]!;

        using var run = PostmanClients.Start(
            newman,
            ["run", $"{_api.Address}/collections/{collection}?apikey={PlayedCluster.AdminToken}", "-e", $"{_api.Address}/environments/{environment}?apikey={PlayedCluster.AdminToken}", "--color", "off", "--reporters", "cli,json", "--reporter-json-export", Path.Combine(folder, "report.json")]);
        var output = run.StandardOutput.ReadToEndAsync(ends);
        var errors = run.StandardError.ReadToEndAsync(ends);
        await run.WaitForExitAsync(ends);

        Assert.True(run.ExitCode == 0, await output + await errors);
        Assert.Contains("200 OK", await output, StringComparison.Ordinal);
        var report = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json"), ends))!;
        Assert.Equal([200, 200], report["run"]!["executions"]!.AsArray().Select(execution => (int)execution!["response"]!["code"]!));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_words_that_newman_shows()
    {
        using var run = PostmanClients.Start(PostmanClients.Newman, ["run", $"{_api.Address}/collections/10000000-5daabc50-8451-43f6-922d-96b403b4f28e?apikey=wrong", "--color", "off"]);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Invalid API Key", output, StringComparison.Ordinal);
    }
}
