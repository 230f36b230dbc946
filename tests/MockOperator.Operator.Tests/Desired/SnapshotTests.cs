using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using MockOperator.Kinds;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Publishing;
using MockOperator.Operator.Tests.Installation;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Desired;

/// <summary>
/// The children of a mock, compared with files. After a change that is meant, run the tests with <c>UPDATE_SNAPSHOTS=1</c> and read the difference.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private static readonly RuntimeSettings s_settings = new() { Image = "registry.example.com/mock-runtime:1.2.3" };

    [Fact]
    public Task A_mock_that_says_nothing() => MatchAsync(DeploymentBuilder.Build(Mocks.Petstore, new DeploymentShape(1, 0, []), PodOverrides.None, s_settings));

    [Fact]
    public Task A_mock_that_says_everything()
    {
        MockServer mock = Mocks.Of(new MockServerSpec
        {
            CollectionRef = new CollectionReference { Name = "petstore" },
            Replicas = 3,
            Resources = new ResourceRequirementsSpec { Requests = new Dictionary<string, string> { ["cpu"] = "250m" }, Limits = new Dictionary<string, string> { ["memory"] = "1Gi" } },
            NodeSelector = new Dictionary<string, string> { ["kubernetes.io/arch"] = "arm64" },
            Tolerations = [Mocks.Json("""{"key":"spot","operator":"Exists","effect":"NoSchedule"}""")],
            Affinity = Mocks.Json("""{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"kubernetes.io/hostname"}]}}"""),
            TopologySpreadConstraints = [Mocks.Json("""{"maxSkew":2,"topologyKey":"rack","whenUnsatisfiable":"DoNotSchedule"}""")],
            PriorityClassName = "high",
            PodTemplate = Mocks.Json("""
                {
                  "metadata": {"annotations": {"sidecar.istio.io/inject": "false"}, "labels": {"team": "pets", "mockoperator.dev/mock-server": "not-mine"}},
                  "spec": {
                    "terminationGracePeriodSeconds": 60,
                    "containers": [
                      {"name": "runtime", "env": [{"name": "TZ", "value": "UTC"}]},
                      {"name": "sidecar", "image": "example.com/sidecar"}
                    ],
                    "volumes": [{"name": "scratch", "emptyDir": {}}],
                    "topologySpreadConstraints": null
                  }
                }
                """),
        });
        Assert.True(PodOverrides.TryRead(mock.Spec!, out PodOverrides? overrides, out string? problem), problem);
        MountedSecret[] secrets = [new("env-0", "petstore-env"), new("postman", "exports", "staging", "environment.json")];

        return MatchAsync(DeploymentBuilder.Build(mock, new DeploymentShape(4, 2, secrets), overrides, s_settings with { ImagePullSecrets = ["registry"] }));
    }

    [Fact]
    public Task A_service() => MatchAsync(ServiceBuilder.Build(Mocks.Petstore));

    [Fact]
    public Task A_service_account() => MatchAsync(ServiceAccountBuilder.Build(Mocks.Petstore));

    [Fact]
    public Task A_published_URL() =>
        MatchAsync(PublishedUrl.Build(Mocks.Petstore, new ConfigMapKeyReference { Name = "frontend", Key = "API_URL" }, "http://petstore.demo.svc", isOurs: true));

    private static async Task MatchAsync(object child, [CallerMemberName] string name = "")
    {
        string path = Path.Combine(Manifests.Root, "tests", "MockOperator.Operator.Tests", "Desired", "Snapshots", name + ".json");
        string actual = JsonNode.Parse(KubernetesJson.Serialize(child))!.ToJsonString(s_indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, actual, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(path), $"There is no snapshot: run with UPDATE_SNAPSHOTS=1, and read {path}.");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), actual);
    }
}
