using System.Net;
using System.Text.RegularExpressions;
using MockOperator.PostmanApi.Identity;
using MockOperator.Runtime.Tests.CommandLine;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Serving;

/// <summary><c>kubectl mock api</c> as a program, with a kubeconfig.</summary>
public sealed partial class ApiCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("api-").FullName;
    private PlayedCluster _cluster = null!;
    private string _kubeconfig = "";

    public async ValueTask InitializeAsync()
    {
        _cluster = await PlayedCluster.StartAsync();
        _kubeconfig = await _cluster.WriteKubeconfigAsync(Path.Combine(_folder, "config"));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_prints_an_address_and_a_new_key_that_work_and_ends_on_a_signal()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var program = ProgramProcess.Start("api", "--kubeconfig", _kubeconfig, "--port", "0");
        await program.SaysAsync("openapi.json", ends);
        var told = Told().Match(program.Output);
        Assert.True(told.Success, program.Output);
        using var client = new HttpClient();
        using var refused = await client.GetAsync($"{told.Groups["url"].Value}/mocks", ends);
        client.DefaultRequestHeaders.Add("x-api-key", told.Groups["key"].Value);
        using var made = await client.PostAsync(
            $"{told.Groups["url"].Value}/environments", new StringContent("""{"environment":{"name":"E","values":[]}}"""), ends);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, made.StatusCode));
        // In the namespace of the context, as its own manager.
        Assert.NotNull(_cluster.Objects.Find("configmaps", "demo", "e"));
        Assert.Contains(PostmanId.Of(PostmanKind.Environment, new("demo", "e")), await made.Content.ReadAsStringAsync(ends), StringComparison.Ordinal);
        await program.SignalAsync("TERM", ends);
        Assert.Equal(0, await program.WaitAsync(ends));
    }

    [Fact]
    public async Task A_key_from_a_file_is_taken_and_not_printed()
    {
        var ends = TestContext.Current.CancellationToken;
        var file = Path.Combine(_folder, "key");
        await File.WriteAllTextAsync(file, "a-key-of-my-own-0001\n", ends);
        await using var program = ProgramProcess.Start("api", "--kubeconfig", _kubeconfig, "--port", "0", "--key-file", file, "-n", "other");
        await program.SaysAsync("openapi.json", ends);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-api-key", "a-key-of-my-own-0001");

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{Told().Match(program.Output).Groups["url"].Value}/me", ends)).StatusCode);
        Assert.DoesNotContain("a-key-of-my-own", program.Output, StringComparison.Ordinal);
        Assert.Contains("workspace other", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_answers_everybody_by_a_token_of_their_own_and_never_by_its_own()
    {
        var ends = TestContext.Current.CancellationToken;
        _cluster.Users["viewer"] = PlayedUser.Viewer("demo");
        await using var program = ProgramProcess.Start("console", "--kubeconfig", _kubeconfig, "--address", "127.0.0.1", "--port", "0", "--api-port", "0");
        await program.SaysAsync("Postman's API listens on", ends);
        using var client = new HttpClient { BaseAddress = new Uri(program.Output.Split("Postman's API listens on ")[1].Trim()) };

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/mocks", ends)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/mocks?workspace=demo&apikey=viewer", ends)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/environments?workspace=demo&apikey=viewer", new StringContent("""{"environment":{"name":"E","values":[]}}"""), ends)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/mocks?apikey=unknown", ends)).StatusCode);
    }

    [Theory]
    [InlineData("--key", "short")]
    [InlineData("--key", "with spaces in it, long")]
    [InlineData("--key-file", "/no/such/file")]
    [InlineData("--address", "nonsense")]
    public async Task What_cannot_be_used_is_refused_before_a_port_is_open(string option, string value)
    {
        var (code, output, errors) = await ProgramProcess.RunAsync(TestContext.Current.CancellationToken, "api", "--kubeconfig", _kubeconfig, "--port", "0", option, value);

        Assert.Equal(1, code);
        Assert.DoesNotContain("http://", output, StringComparison.Ordinal);
        Assert.NotEmpty(errors);
    }

    [GeneratedRegex("POSTMAN_API_BASE_URL=(?<url>http://\\S+) POSTMAN_API_KEY=(?<key>\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Told();
}
