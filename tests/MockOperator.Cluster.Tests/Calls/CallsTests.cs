using System.Text.Json;
using MockOperator.Client.Calls;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Cluster.Tests.Calls;

/// <summary>The calls of real pods, read as people and their tools read them.</summary>
public class CallsTests(TestCluster cluster)
{
    private const string Secret = "hunter2";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_calls_of_all_pods_are_one_list_and_are_followed_as_they_come()
    {
        await using var space = await cluster.NamespaceAsync("called");
        await space.ApplyAsync(Mock(replicas: 3));
        await space.ReadyAsync("petstore");
        var door = await space.DoorAsync("petstore");
        using var transport = ApiTransport.Connect(cluster.Configuration);
        using var calls = new MockCalls(new ResourceClient(transport), new ObjectKey(space.Name, "petstore"));
        await space.ServesAsync(door, "/pets", "[]");
        await calls.ForgetAsync(Cancel);

        List<string> made = [];
        for (var number = 0; number < 60; number++)
        {
            made.Add($"/pets?n={number}");
            Assert.Equal("200 []", await CallAsync(door, HttpMethod.Get, made[^1]));
        }

        made.Add("/nowhere");
        Assert.StartsWith("404", await CallAsync(door, HttpMethod.Post, "/nowhere", "{\"name\":\"Max\"}"), StringComparison.Ordinal);

        List<PodCall> read = [];
        string? cursor = null;
        do
        {
            var page = await calls.ReadAsync(new CallFilter { Include = "request.headers" }, limit: 25, cursor, Cancel);
            Assert.Empty(page.Silent);
            Assert.Equal((3, true, 61L, 0L), (page.Pods, page.OwnersAreKnown, page.Remembered, page.Dropped));
            read.AddRange(page.Calls);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(made.Order(StringComparer.Ordinal), read.Select(static call => call.Call.Request.Path).Order(StringComparer.Ordinal));
        Assert.Equal(read.Select(static call => call.Call.ServedAt).OrderDescending(), read.Select(static call => call.Call.ServedAt));
        Assert.InRange(read.Select(static call => call.Pod).Distinct().Count(), 2, 3);
        Assert.All(read, static call => Assert.Contains(call.Call.Request.Headers!, static header => header is { Name: "Authorization", Value: "***" }));

        var missed = Assert.Single((await calls.ReadAsync(new CallFilter { Outcome = "unmatched", Include = "nearest" }, cancellationToken: Cancel)).Calls);
        Assert.Contains(missed.Call.Nearest!, static near => near.Request == "GET /pets" && near.Reason.Length > 0);
        Assert.Equal("{\"name\":\"Max\"}", (await calls.FindAsync(missed.Call.Id, Cancel)).Value!.Call.Request.Body!.Text);
        Assert.Equal("{\"name\":\"Max\"}"u8.ToArray(), (await calls.ReadBodyAsync(missed.Call.Id, CallSide.Request, Cancel)).Value!.Bytes.ToArray());

        await FollowAsync(calls, door);
        Assert.Equal(3, (await calls.ForgetAsync(Cancel)).Value);
        Assert.Empty((await calls.ReadAsync(CallFilter.All, cancellationToken: Cancel)).Calls);
    }

    [Fact]
    public async Task Only_who_may_forward_a_port_reads_calls_and_an_edit_of_what_is_kept_counts_at_once()
    {
        await using var space = await cluster.NamespaceAsync("private-calls");
        await space.ApplyAsync(Mock(replicas: 1, "{stdout: true}"));
        await space.ReadyAsync("petstore");
        var door = await space.DoorAsync("petstore");
        await space.ServesAsync(door, "/pets", "[]");
        Assert.Equal("200 []", await CallAsync(door, HttpMethod.Get, "/pets?n=1"));

        await using (var forwarded = await cluster.ForwardAsync(space.Name, "deployment/petstore-mock", CallsPort.Number))
        {
            using var page = JsonDocument.Parse(await forwarded.Http.GetStringAsync("calls", Cancel));
            Assert.Equal("/pets?n=1", page.RootElement.GetProperty("calls")[0].GetProperty("request").GetProperty("path").GetString());
        }

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.ForwardAsync(space.Name, "deployment/petstore-mock", CallsPort.Number, $"system:serviceaccount:{space.Name}:default"));
        Assert.Contains("forbidden", refusal.Message, StringComparison.OrdinalIgnoreCase);

        // By the pod's own address, from the API server: its other ports answer, this one does not.
        var pod = (await space.Api.ListAsync($"{space.Path("Pod")}?labelSelector=mockoperator.dev/mock-server%3Dpetstore"))[0]["metadata"]!["name"]!.GetValue<string>();
        Assert.Equal("ok\n", await space.Api.TextAsync($"{space.Path("Pod")}/{pod}:9090/proxy/healthz"));
        var closed = await Assert.ThrowsAsync<HttpRequestException>(() => space.Api.TextAsync($"{space.Path("Pod")}/{pod}:{CallsPort.Number}/proxy/calls"));
        Assert.Contains("refused", closed.Message, StringComparison.Ordinal);

        await Eventually.TrueAsync(
            "the log has the call",
            async () => (await cluster.KubectlAsync("-n", space.Name, "logs", pod)).Split('\n').Any(static line => line.Contains("\"path\":\"/pets?n=1\"", StringComparison.Ordinal) && !line.Contains(Secret, StringComparison.Ordinal)),
            () => space.StateAsync("MockServer", "petstore"));

        await space.ApplyAsync(Mock(replicas: 1, "{keep: None}"));
        await space.ReadyAsync("petstore");
        Assert.Equal("200 []", await CallAsync(door, HttpMethod.Get, "/pets?n=2"));
        using var transport = ApiTransport.Connect(cluster.Configuration);
        using var calls = new MockCalls(new ResourceClient(transport), new ObjectKey(space.Name, "petstore"));
        Assert.Equal(0, (await calls.ReadAsync(CallFilter.All, cancellationToken: Cancel)).Remembered);
    }

    private static async Task FollowAsync(MockCalls calls, HttpClient door)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        end.CancelAfter(TimeSpan.FromMinutes(2));
        var followed = new HashSet<string>();
        List<string> seen = [];
        List<string> made = [];
        await foreach (var news in calls.FollowAsync(CallFilter.All, end.Token))
        {
            if (news is CallNews.Followed && followed.Add(news.Pod) && followed.Count == 3)
            {
                for (var number = 0; number < 30; number++)
                {
                    made.Add($"/pets?live={number}");
                    await CallAsync(door, HttpMethod.Get, made[^1]);
                }
            }

            if (news is CallNews.Served { Call: var call })
                seen.Add(call.Request.Path);
            if (made.Count > 0 && seen.Count == made.Count)
                break;
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    // A connection of its own for each call, so that all pods get some.
    private static async Task<string> CallAsync(HttpClient door, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : new StringContent(body) };
        request.Headers.ConnectionClose = true;
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Secret);
        using var response = await door.SendAsync(request, Cancel);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancel)}";
    }

    private static string Mock(int replicas, string callLog = "{}") => $$$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: petstore}
        spec:
          replicas: {{{replicas}}}
          callLog: {{{callLog}}}
          collection: {examples: [{name: pets, request: {method: GET, path: /pets}, response: {status: 200, json: []}}]}
        """;
}
