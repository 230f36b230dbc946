using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class StatusTests
{
    private const string Ingress = """
        {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"petstore","namespace":"demo","labels":{"mockoperator.dev/mock-server":"petstore"}},
        "spec":{"ingressClassName":"nginx","rules":[{"host":"pets.example.com"}]},"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}}
        """;

    private const string Service = """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"petstore","namespace":"demo","labels":{"mockoperator.dev/mock-server":"petstore"}},
        "spec":{"type":"ClusterIP","clusterIP":"10.1.2.3","ports":[{"port":80}]}}
        """;

    private const string Quota = """
        {"apiVersion":"mockoperator.dev/v1alpha1","kind":"MockQuota","metadata":{"name":"team-a","namespace":"demo"},"spec":{"calls":10000},
        "status":{"period":"2026-11","used":1234,"limit":10000,"remaining":8766,"resetsAt":"2026-12-01T00:00:00Z","mocks":[{"name":"petstore","calls":1000}]}}
        """;

    [Fact]
    public async Task A_mock_is_shown_with_everything_that_belongs_to_it()
    {
        await using var mock = await PlayedMock.StartAsync(
            seen: """{"collectionRef":{"name":"petstore","version":"v1"},"private":true,"displayName":"Pet Store"}""", time: new FrozenTime(FrozenTime.Noon, hasTimers: false));
        var metrics = await mock.Pod.Http.GetStringAsync(new Uri($"http://127.0.0.1:{mock.Pod.Ports[9090]}/metrics"), TestContext.Current.CancellationToken);
        var revision = Regex.Match(metrics, "mock_info{.*revision=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture).Groups["name"].Value;
        mock.Want(revision);
        mock.Cli.Cluster.Objects.Put("ingresses", Ingress);
        mock.Cli.Cluster.Objects.Put("services", Service);
        mock.Cli.Cluster.Objects.Put("mockquotas", Quota);
        var deployment = mock.Cli.Cluster.Objects.Find("deployments", "demo", "petstore-mock")!;
        deployment["spec"] = new JsonObject { ["replicas"] = 1 };
        deployment["status"] = new JsonObject { ["readyReplicas"] = 1 };
        mock.Cli.Cluster.Objects.Put("deployments", deployment);

        var ran = await mock.Cli.RunAsync("status", "petstore");
        Assert.Equal(
            $"""
            MockServer demo/petstore  Ready
              Name         Pet Store
              URL          http://petstore.demo.svc
              Collection   petstore
              Access       private; keys in the Secret petstore-api-keys
              Quota        team-a: 1,234 of 10,000 calls in 2026-11, 1,000 by this mock; reset in 3d12h

            ├─ ✓ Ready Serving
            ├─ ✓ Ingress petstore pets.example.com by nginx: 192.0.2.1
            ├─ · Service petstore ClusterIP 10.1.2.3, port 80
            └─ ✓ Deployment petstore-mock 1/1 ready
               └─ ✓ Pod petstore-mock-a ready serves {revision}

            """,
            ran.Output);
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
    }

    [Fact]
    public async Task What_is_wrong_comes_first_and_a_pod_that_is_behind_is_marked()
    {
        await using var mock = await PlayedMock.StartAsync(time: new FrozenTime(FrozenTime.Noon, hasTimers: false));
        mock.Cli.AddMock("petstore", status: """{"revision":"other"}""", reason: "NotAcknowledged", message: "1 of 1 pods does not serve revision other yet. Look at its log.");
        var output = (await mock.Cli.TypeAsync("status", "petstore")).Output;
        Assert.StartsWith("MockServer demo/petstore  Failing\n", output, StringComparison.Ordinal);
        Assert.Contains("What is wrong\n  • 1 of 1 pods does not serve revision other yet. Look at its log.\n", output, StringComparison.Ordinal);
        Assert.Matches("✗ Pod petstore-mock-a ready serves [^ ]+, behind", output);
    }

    [Fact]
    public async Task A_pod_that_does_not_start_says_why()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore", reason: "PodsNotStarting", message: "No pod starts.");
        cli.Cluster.AddPod("petstore", "petstore-mock-a");
        var pod = cli.Cluster.Objects.Find("pods", "demo", "petstore-mock-a")!;
        pod["status"] = JsonNode.Parse("""{"phase":"Pending","containerStatuses":[{"name":"mock-runtime","restartCount":0,"ready":false,"state":{"waiting":{"reason":"ImagePullBackOff","message":"no such image"}}}]}""");
        cli.Cluster.Objects.Put("pods", pod);
        var output = (await cli.RunAsync("status", "petstore")).Output;
        Assert.Contains("  • The pod petstore-mock-a does not run (ImagePullBackOff): no such image\n", output, StringComparison.Ordinal);
        Assert.Contains("✗ Pod petstore-mock-a ImagePullBackOff\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_forward_ports_sees_the_rest_and_why_not_that()
    {
        await using var mock = await PlayedMock.StartAsync(time: new FrozenTime(FrozenTime.Noon, hasTimers: false));
        mock.Cli.Cluster.Users["v"] = PlayedUser.Viewer("demo");
        var ran = await mock.Cli.RunAsync("v", isTerminal: false, ["status", "petstore"]);
        Assert.Equal(0, ran.Code);
        Assert.Matches("Pod petstore-mock-a ready revision unknown: Port 9090 .* is forbidden: the rights `get` and `create` on `pods/portforward`", ran.Output);
        Assert.Contains("Not seen: httproutes: you may not list them in demo", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_the_same_as_a_document()
    {
        await using var mock = await PlayedMock.StartAsync(time: new FrozenTime(FrozenTime.Noon, hasTimers: false));
        var json = JsonNode.Parse((await mock.Cli.RunAsync("status", "petstore", "-o", "json")).Output)!;
        Assert.Equal("Ready", (string?)json["state"]);
        Assert.Equal("petstore-mock-a", (string?)json["pods"]![0]!["name"]);
        Assert.NotNull(json["pods"]![0]!["revision"]);
        Assert.Equal("Ready", (string?)json["conditions"]![0]!["type"]);
        Assert.Contains("\n- name: petstore-mock-a\n", (await mock.Cli.RunAsync("status", "petstore", "-o", "yaml")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_among_what_is_wrong()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore");
        cli.Cluster.Objects.Put("mockquotas", Quota.Replace("\"used\":1234", "\"used\":10000", StringComparison.Ordinal));
        Assert.Contains("The quota team-a is used up: calls are refused with 429 until 2026-12-01 00:00 UTC.", (await cli.RunAsync("status", "petstore")).Output, StringComparison.Ordinal);
    }
}
