using System.Collections.Concurrent;
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
        {
            played.Objects.Put("mockservers", ReadyObjects.Mock(number));
            played.Objects.Put("collections", ReadyObjects.Collection(number));
        }

        played.Objects.Put("mockquotas", ReadyObjects.Quota(mocks));
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
}
