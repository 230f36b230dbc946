using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.CommandLine;
using MockOperator.Dashboard.Tests.Showing;

namespace MockOperator.Cluster.Tests.Consoles;

/// <summary>The three ways to a mock, with the rights of Kubernetes' own roles: dashboard and Postman's API from the cluster, the command line from outside.</summary>
public sealed class ConsoleTests(TestCluster cluster) : IDisposable
{
    private const string Export = """
        {"info": {"name": "Zoo", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
         "item": [{"name": "Lions", "request": {"method": "GET", "url": "{{baseUrl}}/lions"},
           "response": [{"name": "Lions", "originalRequest": {"method": "GET", "url": "{{baseUrl}}/lions"}, "code": 200, "body": "[]"}]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mock-operator-console-").FullName;

    [Fact]
    public async Task Each_role_can_do_by_all_three_ways_what_Kubernetes_lets_it_do_and_nothing_else()
    {
        Assert.SkipUnless(TestCluster.HelmIsHere, "no helm is on PATH (hack/kubectl.sh fetches one on x86-64), and the chart installs the console");
        await using var console = await InstalledConsole.StartAsync(cluster);
        await using var space = await cluster.NamespaceAsync("console");
        await space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: there}
            spec:
              private: true
              collection: {examples: [{name: a, request: {path: /a}, response: {body: a}}]}
            """);
        await space.ReadyAsync("there");

        foreach (var (role, sees, makes) in new[] { ("nobody", false, false), ("view", true, false), ("edit", true, true), ("admin", true, true) })
        {
            var reader = await ConsoleReader.CreateAsync(cluster, space.Name, role);
            await ByDashboardAsync(console, space, reader, sees, makes);
            await ByPostmansApiAsync(console, space, reader, sees, makes);
            await ByCommandLineAsync(space, reader, sees, makes);
            Assert.DoesNotContain(reader.Token, await console.LogAsync(), StringComparison.Ordinal);
        }

        Console.WriteLine($"the console after four people used it: {await console.ResidentAsync()} KiB resident");
    }

    [Fact]
    public async Task A_call_is_on_the_dashboard_and_in_the_terminal_as_it_is_answered()
    {
        Assert.SkipUnless(TestCluster.HelmIsHere, "no helm is on PATH (hack/kubectl.sh fetches one on x86-64), and the chart installs the console");
        await using var console = await InstalledConsole.StartAsync(cluster);
        await using var space = await cluster.NamespaceAsync("live");
        var reader = await ConsoleReader.CreateAsync(cluster, space.Name, "edit");
        var kubeconfig = Path.Combine(_folder, "live");
        await reader.WriteKubeconfigAsync(cluster, kubeconfig, space.Name);

        // How much longer a wait takes than the operator: the mock is looked at all the time.
        var ready = space.ReadyAsync("live");
        var created = KubectlMock.RunAsync(kubeconfig, "create", "live", "--path", "/{{rest}}", "--body", "ok", "--wait");
        var watch = new Stopwatch();
        await Eventually.TrueAsync("the mock is ready", async () => (await ready) is not null, cluster.StateAsync);
        watch.Start();
        await created;
        Console.WriteLine($"create --wait ended {watch.ElapsedMilliseconds} ms after the mock was seen ready");
        await cluster.KubectlAsync("-n", space.Name, "scale", "mockserver/live", "--replicas=2");
        await Eventually.TrueAsync("two pods are ready", async () => (int?)(await cluster.Api.GetAsync(space.Path("Deployment", "live-mock")))["status"]?["readyReplicas"] == 2, cluster.StateAsync);

        using var visitor = new Visitor(console.Dashboard);
        await SignInAsync(visitor, reader);
        using var http = new HttpClient { BaseAddress = console.Dashboard, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var page = new Follower(new StreamReader(await http.GetStreamAsync(new Uri($"mocks/{space.Name}/live/calls/live", UriKind.Relative), TestContext.Current.CancellationToken)));
        using var following = Process.Start(new ProcessStartInfo(Path.Combine(await KubectlMock.FolderAsync(), "kubectl-mock"), ["calls", "live", "-f"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["KUBECONFIG"] = kubeconfig },
        })!;
        var terminal = new Follower(following.StandardOutput);
        try
        {
            var door = await space.DoorAsync("live");
            // Both follow both pods when one call of each was seen.
            for (var call = 0; !await page.SeesAsync($"/warm-{call - 1}", TimeSpan.FromSeconds(2)) || !await terminal.SeesAsync($"/warm-{call - 1}", TimeSpan.FromSeconds(2)); call++)
            {
                Assert.InRange(call, 0, 50);
                await MockNamespace.AnswerAsync(door, $"/warm-{call}");
            }

            List<double> onPage = [], onTerminal = [];
            for (var call = 0; call < 20; call++)
            {
                var began = Stopwatch.GetTimestamp();
                await MockNamespace.AnswerAsync(door, $"/seen-{call}");
                Assert.True(await page.SeesAsync($"/seen-{call}", Eventually.Deadline), $"the page never shows call {call}");
                onPage.Add(Stopwatch.GetElapsedTime(began, page.SeenAt).TotalMilliseconds);
                Assert.True(await terminal.SeesAsync($"/seen-{call}", Eventually.Deadline), $"the terminal never shows call {call}");
                onTerminal.Add(Stopwatch.GetElapsedTime(began, terminal.SeenAt).TotalMilliseconds);
            }

            Console.WriteLine($"a call is on the page after {onPage.Order().ElementAt(10):0} ms ({onPage.Max():0} at most), in the terminal after {onTerminal.Order().ElementAt(10):0} ms ({onTerminal.Max():0} at most)");
        }
        finally
        {
            following.Kill();
            await following.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task ByDashboardAsync(InstalledConsole console, MockNamespace space, ConsoleReader reader, bool sees, bool makes)
    {
        using var visitor = new Visitor(console.Dashboard);
        Assert.Equal(401, (await visitor.GetAsync("/mocks")).Status);
        await SignInAsync(visitor, reader);
        var list = await visitor.GetAsync($"/mocks?namespace={space.Name}");
        Assert.Equal((sees ? 200 : 403, sees), (list.Status, list.Body.Contains($"http://there.{space.Name}.svc", StringComparison.Ordinal)));
        await visitor.GetAsync($"/mocks/new?namespace={space.Name}");
        var name = $"page-{reader.Role}";
        var made = await visitor.PostAsync(
            "/mocks/new", ("namespace", space.Name), ("from", "api"), ("title", name), ("example.method", "GET"), ("example.path", "/page"), ("example.status", "200"), ("example.body", "page"), ("do", "create"));
        Assert.Equal((makes ? 303 : 403, makes), (made.Status, await space.Api.FindAsync(space.Path("MockServer", name)) is not null));
    }

    private static async Task ByPostmansApiAsync(InstalledConsole console, MockNamespace space, ConsoleReader reader, bool sees, bool makes)
    {
        using var http = new HttpClient { BaseAddress = console.Api };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("mocks", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        http.DefaultRequestHeaders.Add("x-api-key", reader.Token);
        using var list = await http.GetAsync(new Uri($"mocks?workspace={space.Name}", UriKind.Relative), TestContext.Current.CancellationToken);
        var mocks = await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((sees, sees), (list.IsSuccessStatusCode, mocks.Contains("\"there\"", StringComparison.Ordinal)));

        using var collection = await http.PostAsJsonAsync($"collections?workspace={space.Name}", new JsonObject { ["collection"] = JsonNode.Parse(Export) }, TestContext.Current.CancellationToken);
        Assert.Equal(makes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, collection.StatusCode);
        if (!makes)
            return;
        var uid = (string)(await collection.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["collection"]!["uid"]!;
        using var made = await http.PostAsJsonAsync($"mocks?workspace={space.Name}", new JsonObject { ["mock"] = new JsonObject { ["name"] = $"api-{reader.Role}", ["collection"] = uid } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.NotNull(await space.Api.FindAsync(space.Path("MockServer", $"api-{reader.Role}")));
    }

    private async Task ByCommandLineAsync(MockNamespace space, ConsoleReader reader, bool sees, bool makes)
    {
        var kubeconfig = Path.Combine(_folder, reader.Role);
        await reader.WriteKubeconfigAsync(cluster, kubeconfig, space.Name);
        Assert.Equal(sees, await Says("list", "-o", "name").ConfigureAwait(true) is { } names && names.Contains("mockserver.mockoperator.dev/there", StringComparison.Ordinal));
        Assert.Equal(makes, await Says("key", "there") is not null);
        Assert.Equal(makes, await Says("create", $"line-{reader.Role}", "--path", "/line", "--body", "line") is not null);
        Assert.Equal(makes, await cluster.Api.FindAsync(space.Path("MockServer", $"line-{reader.Role}")) is not null);
        Assert.Equal(makes, await Says("delete", makes ? $"line-{reader.Role}" : "there", "--yes") is not null);

        // Null where the server refused, and the command says so in its words.
        async Task<string?> Says(params string[] arguments)
        {
            try
            {
                return await KubectlMock.RunAsync(kubeconfig, arguments);
            }
            catch (InvalidOperationException refused)
            {
                Assert.Contains("Error: ", refused.Message, StringComparison.Ordinal);
                Assert.Matches("may not|forbidden", refused.Message);
                return null;
            }
        }
    }

    private static async Task SignInAsync(Visitor visitor, ConsoleReader reader)
    {
        await visitor.GetAsync("/login");
        Assert.Equal(303, (await visitor.PostAsync("/login", ("token", reader.Token), ("return", "/mocks"))).Status);
    }

}
