using System.Net;
using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Monitoring;

/// <summary>A real Prometheus, which scrapes what runs in the cluster.</summary>
public class PrometheusTests(TestCluster cluster)
{
    private const int Matched = 120;
    private const int Unmatched = 30;

    [Fact]
    public async Task Its_numbers_are_those_that_the_callers_have_counted_and_every_alert_and_query_works()
    {
        await using var space = await cluster.NamespaceAsync("monitored");
        await space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockQuota
            metadata: {name: team}
            spec: {calls: 1000, period: Month}
            ---
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: petstore}
            spec:
              replicas: 2
              collection: {examples: [{name: pets, request: {method: GET, path: /pets}, response: {status: 200, body: seven b}}]}
            """);
        await space.ReadyAsync("petstore");
        using var door = await space.DoorAsync("petstore");
        await using var prometheus = await ScrapingPrometheus.StartAsync(cluster, space.Name);

        // A connection alone says nothing: an older kube-proxy holds the port with a socket of its own, which takes connections and never answers. A preflight is answered by the mock, and no quota counts it.
        await Eventually.TrueAsync(
            "the door leads to the mock",
            async () =>
            {
                using var client = new HttpClient { BaseAddress = door.BaseAddress, Timeout = TimeSpan.FromSeconds(2) };
                using var preflight = new HttpRequestMessage(HttpMethod.Options, "pets");
                preflight.Headers.Add("Origin", "http://frontend.example.com");
                preflight.Headers.Add("Access-Control-Request-Method", "GET");
                return (await client.SendAsync(preflight, TestContext.Current.CancellationToken)).IsSuccessStatusCode;
            },
            cluster.StateAsync);
        await CallAsync(door, "pets", HttpStatusCode.OK, Matched);
        await CallAsync(door, "none", HttpStatusCode.NotFound, Unmatched);

        var mock = $"namespace=\"{space.Name}\",mock=\"petstore\"";
        await prometheus.CountsAsync($"sum(mock_requests_total{{{mock},code=\"200\",outcome=\"matched\"}})", Matched);
        await prometheus.CountsAsync($"sum(mock_requests_total{{{mock},code=\"404\",outcome=\"no_match\"}})", Unmatched);
        await prometheus.CountsAsync($"sum(mock_request_duration_seconds_count{{{mock}}}) - sum(mock_requests_total{{{mock}}})", 0);
        await prometheus.CountsAsync($"sum(mock_example_requests_total{{{mock},request=\"GET /pets\",example=\"pets\"}})", Matched);
        await prometheus.CountsAsync($"max(mock_operator_quota_used_calls{{namespace=\"{space.Name}\",quota=\"team\"}})", Matched + Unmatched);
        await prometheus.CountsAsync($"max(mock_operator_quota_remaining_calls{{namespace=\"{space.Name}\",quota=\"team\"}})", 1000 - Matched - Unmatched);
        await prometheus.CountsAsync("sum(leader_election_master_status{name=\"mock-operator\"})", 1);

        var rules = await prometheus.RulesAsync();
        Assert.NotEmpty(rules);
        await Eventually.TrueAsync(
            "every rule was evaluated",
            async () => (rules = await prometheus.RulesAsync()).All(static rule => (string?)rule["health"] == "ok"),
            () => Task.FromResult(string.Join('\n', rules.Select(static rule => rule.ToJsonString()))));
        foreach (var query in Documented())
            await Eventually.TrueAsync($"something is found by {query}", async () => (await prometheus.QueryAsync(query)).Count > 0, () => Task.FromResult(""));
        var panels = Panels(space.Name).ToList();
        var empty = new List<string>();
        foreach (var query in panels)
        {
            if ((await prometheus.QueryAsync(query)).Count == 0)
                empty.Add(query);
        }

        // What was never refused or reconciled with a fault has no series.
        Assert.True(empty.Count <= 4, string.Join('\n', empty));
        Console.WriteLine($"Prometheus counts {Matched + Unmatched} calls and so did the callers; {rules.Count} alerts and {Documented().Count()} documented queries evaluated, {panels.Count} queries of dashboards, of which {empty.Count} found nothing");
    }

    private static async Task CallAsync(HttpClient door, string path, HttpStatusCode status, int times)
    {
        for (var answered = 0; answered < times;)
        {
            // A pod that waits for its first grant says so, and such a call does not count.
            using var response = await door.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == status || response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {response.StatusCode}");
            answered += response.StatusCode == status ? 1 : 0;
        }
    }

    // The queries of all panels, with Grafana's variables filled in as it does.
    private static IEnumerable<string> Panels(string ns) =>
        from file in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "config", "monitoring", "dashboards"))
        from panel in JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray()
        from target in panel!["targets"]!.AsArray()
        select ((string)target!["expr"]!).Replace("$namespace", ns, StringComparison.Ordinal).Replace("$mock", "petstore", StringComparison.Ordinal).Replace("$__rate_interval", "1m", StringComparison.Ordinal);

    // Questions of docs/metrics.md; blocks of promql, a question a paragraph.
    private static IEnumerable<string> Documented()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "metrics.md"));
        return page.Split("```promql\n").Skip(1).SelectMany(static block => block[..block.IndexOf("```", StringComparison.Ordinal)].Split("\n\n"))
            .Select(static question => string.Join(' ', question.Split('\n').Where(static line => !line.StartsWith('#'))).Trim());
    }
}
