using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Tests.Cluster;

namespace MockOperator.Cli.Tests.Guides;

/// <summary>What the pages of a real dashboard call their links, buttons, fields and headings.</summary>
public sealed partial class ShownPages : IAsyncLifetime
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        await using var mock = await PlayedMock.StartAsync(seen: """{"collectionRef": {"name": "petstore"}, "serverResponses": [{"name": "outage", "status": 503}, {"name": "flaky", "status": 500}], "activeServerResponse": "outage"}""", time: TimeProvider.System);
        var cluster = mock.Cli.Cluster;
        cluster.Objects.Put("namespaces", """{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "demo", "namespace": ""}}""");
        cluster.Objects.Put("collections", """
            {"apiVersion": "mockoperator.dev/v1alpha1", "kind": "Collection", "metadata": {"name": "petstore", "namespace": "demo", "generation": 1},
             "spec": {"examples": [{"name": "all pets", "request": {"method": "GET", "path": "/pets"}, "response": {"status": 200}}]}}
            """);
        mock.Cli.AddMock("asleep", """{"replicas": 0, "collectionRef": {"name": "petstore"}}""");
        (await mock.Pod.SendAsync("GET", "/nothing")).Dispose();
        var missed = JsonNode.Parse((await mock.Cli.RunAsync("calls", "petstore", "--unmatched", "-o", "json")).Output)!["calls"]![0]!["call"]!["id"]!;

        using var end = new CancellationTokenSource();
        await using var output = new WatchedWriter();
        var running = MockCommand.RunAsync(["dashboard", "--no-open", "-n", "demo"], mock.Cli.Options(output, TextWriter.Null), end.Token);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Entry().IsMatch(output.Text))
            await Task.Delay(20, deadline.Token);
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(Entry().Match(output.Text).Groups["address"].Value) };
        await ReadAsync(http, http.BaseAddress.AbsolutePath, deadline.Token);
        foreach (var path in (string[])
                 [
                     "/mocks", "/mocks/new", "/mocks/demo/petstore", "/mocks/demo/petstore/edit", "/mocks/demo/petstore/responses", "/mocks/demo/petstore/status", "/mocks/demo/petstore/yaml", $"/mocks/demo/petstore/calls/{missed}",
                     "/mocks/demo/asleep", "/collections", "/collections/new", "/collections/demo/petstore", "/usage",
                 ])
        {
            await ReadAsync(http, path, deadline.Token);
        }

        await end.CancelAsync();
        await running;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What of a text in italics is nowhere on these pages.</summary>
    internal IEnumerable<string> Problems(string text) =>
        GuideRow.Italics(text).Where(name => !_names.Any(known => known == name || known.StartsWith(name + " ", StringComparison.Ordinal))).Select(static name => $"Nothing on the dashboard is called '{name}'.");

    private async Task ReadAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode}");
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);
        foreach (var tag in (string[])["a", "b", "button", "h1", "h2", "label", "span"])
        {
            foreach (Match element in Regex.Matches(page, $"<{tag}(?: [^>]*)?>(?<text>.*?)</{tag}>", RegexOptions.Singleline | RegexOptions.ExplicitCapture))
                _names.Add(Blank().Replace(WebUtility.HtmlDecode(Tag().Replace(element.Groups["text"].Value, " ")), " ").Trim());
        }
    }

    [GeneratedRegex(@"(?<address>http://\S+/enter/[0-9a-f]{64})\s", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
