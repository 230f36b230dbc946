using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MockOperator.Testing;

namespace MockOperator.Cli.Benchmarks;

/// <summary>An API server that has each answer ready once it has given it: what is measured is who asks.</summary>
internal static class ReadyCluster
{
    /// <summary>Serves until standard input ends, and writes a kubeconfig into a folder when it is up.</summary>
    /// <param name="mocks">How many mocks there are.</param>
    /// <param name="folder">Where the kubeconfig goes, by the name <c>config</c>.</param>
    public static async Task ServeAsync(int mocks, string folder)
    {
        await using var played = await PlayedCluster.StartAsync();
        for (var number = 0; number < mocks; number++)
            played.Objects.Put("mockservers", Mock(number));
        using var client = new HttpClient { BaseAddress = new Uri(played.Address) };
        var answers = new ConcurrentDictionary<string, (int Status, byte[] Body)>(StringComparer.Ordinal);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var text = await body.ReadToEndAsync();
            var key = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Accept} {context.Request.Headers.Authorization} {text}";
            if (!answers.TryGetValue(key, out var answer))
                answers[key] = answer = await AskAsync(client, context.Request, text);
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(answer.Body);
        });
        await server.StartAsync();
        var kubeconfig = await played.WriteKubeconfigAsync(Path.Combine(folder, "new"));
        await File.WriteAllTextAsync(kubeconfig, (await File.ReadAllTextAsync(kubeconfig)).Replace(played.Address, server.Urls.First(), StringComparison.Ordinal));
        File.Move(kubeconfig, Path.Combine(folder, "config"));
        await Console.In.ReadToEndAsync();
    }

    private static async Task<(int Status, byte[] Body)> AskAsync(HttpClient client, HttpRequest request, string body)
    {
        using var asked = new HttpRequestMessage(new HttpMethod(request.Method), $"{request.Path}{request.QueryString}");
        asked.Headers.TryAddWithoutValidation("Accept", request.Headers.Accept.ToString());
        asked.Headers.TryAddWithoutValidation("Authorization", request.Headers.Authorization.ToString());
        if (body.Length > 0)
            asked.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(asked);
        return ((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    private static JsonObject Mock(int number) => JsonNode.Parse($$$"""
        {
          "apiVersion": "mockoperator.dev/v1alpha1", "kind": "MockServer",
          "metadata": {"name": "mock-{{{number:0000}}}", "namespace": "demo", "generation": 3, "creationTimestamp": "2026-11-02T10:00:00Z", "labels": {"team": "payments", "app.kubernetes.io/part-of": "shop"}},
          "spec": {"displayName": "Payments {{{number}}}", "collectionRef": {"name": "payments-{{{number:0000}}}", "version": "v2"}, "replicas": 1, "private": {{{(number % 3 == 0 ? "true" : "false")}}}},
          "status": {
            "observedGeneration": 3, "url": "http://mock-{{{number:0000}}}-mock.demo.svc", "replicas": 1, "readyReplicas": 1, "exampleCount": 24, "collection": {"name": "payments-{{{number:0000}}}", "version": "v2"},
            "calls": {"answered": {{{number * 7}}}},
            "conditions": [
              {"type": "Ready", "status": "{{{(number % 20 == 0 ? "False" : "True")}}}", "reason": "{{{(number % 20 == 0 ? "CollectionInvalid" : "Ready")}}}", "message": "It serves 24 examples.", "lastTransitionTime": "2026-11-02T10:00:10Z", "observedGeneration": 3},
              {"type": "ContentResolved", "status": "True", "reason": "Resolved", "message": "The collection was read.", "lastTransitionTime": "2026-11-02T10:00:05Z", "observedGeneration": 3},
              {"type": "Stalled", "status": "False", "reason": "Working", "message": "", "lastTransitionTime": "2026-11-02T10:00:05Z", "observedGeneration": 3}
            ]
          }
        }
        """)!.AsObject();
}
