using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>The namespace of one test, and the mocks in it.</summary>
internal sealed class MockSpace
{
    private readonly TestCluster cluster;

    private MockSpace(TestCluster cluster, string name)
    {
        this.cluster = cluster;
        Name = name;
    }

    /// <summary>Name of the namespace.</summary>
    public string Name { get; }

    /// <summary>Creates it. Nobody deletes it: it ends with the cluster, so that no write is refused because a namespace is on its way out.</summary>
    public static async Task<MockSpace> CreateAsync(TestCluster cluster, string name)
    {
        await cluster.Api.CreateAsync("api/v1/namespaces", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = name },
        });
        return new MockSpace(cluster, name);
    }

    /// <summary>Path of something of ours.</summary>
    public string Of(string plural, string name) => $"apis/mockoperator.dev/v1alpha1/namespaces/{Name}/{plural}/{name}";

    /// <summary>Path of something of the core API.</summary>
    public string Core(string plural, string name = "") => $"api/v1/namespaces/{Name}/{plural}/{name}".TrimEnd('/');

    public Task ApplyMockAsync(string name, JsonObject spec) => ApplyAsync("MockServer", Of("mockservers", name), name, spec);

    public Task ApplyCollectionAsync(string name, JsonObject spec) => ApplyAsync("Collection", Of("collections", name), name, spec);

    public Task ApplyConfigMapAsync(string name, string key, string text) => cluster.Api.ApplyAsync(Core("configmaps", name), new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["data"] = new JsonObject { [key] = text },
    });

    /// <summary>A collection in the key <c>collection.json</c> of a ConfigMap, and a mock of it, all of one name.</summary>
    public async Task ApplyMockOfConfigMapAsync(string name, string collection, int replicas = 1)
    {
        await ApplyConfigMapAsync(name, "collection.json", collection);
        await ApplyCollectionAsync(name, new JsonObject { ["configMapKeyRef"] = new JsonObject { ["name"] = name, ["key"] = "collection.json" } });
        await ApplyMockAsync(name, new JsonObject { ["replicas"] = replicas, ["collectionRef"] = new JsonObject { ["name"] = name } });
    }

    /// <summary>The NodePort at which a mock answers: no API server is needed on the way, and kube-proxy spreads over all pods.</summary>
    public async Task<Uri> OpenNodePortAsync(string mock, string path)
    {
        var service = await cluster.Api.CreateAsync(Core("services"), new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["name"] = mock + "-outside" },
            ["spec"] = new JsonObject
            {
                ["type"] = "NodePort",
                ["selector"] = new JsonObject { ["mockoperator.dev/mock-server"] = mock },
                ["ports"] = new JsonArray(new JsonObject { ["port"] = 80, ["targetPort"] = "http" }),
            },
        });
        var url = new Uri($"http://{cluster.NodeAddress}:{service["spec"]!["ports"]![0]!["nodePort"]!.GetValue<int>()}{path}");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.TrueAsync(
            $"{url} answers",
            async () => (await client.GetAsync(url, TestContext.Current.CancellationToken)).IsSuccessStatusCode,
            cluster.StateAsync);
        return url;
    }

    /// <summary>A condition of a mock as it is for the present generation; null when there is none yet.</summary>
    public async Task<JsonObject?> ConditionAsync(string mock, string type)
    {
        var found = await cluster.Api.GetAsync(Of("mockservers", mock));
        return (long?)found["status"]?["observedGeneration"] == (long?)found["metadata"]!["generation"]
            ? found["status"]?["conditions"]?.AsArray().Select(condition => condition!.AsObject()).FirstOrDefault(condition => (string?)condition["type"] == type)
            : null;
    }

    public Task ReadyAsync(string mock, TimeSpan? deadline = null) => Eventually.TrueAsync(
        $"{Name}/{mock} is ready", async () => (string?)(await ConditionAsync(mock, "Ready"))?["status"] == "True", cluster.StateAsync, deadline);

    /// <summary>What a mock answers, asked through its Service.</summary>
    public Task<string> AskAsync(string mock, string path) => cluster.Api.TextAsync($"{Core("services", mock + ":http")}/proxy{path}");

    public Task ServedAsync(string mock, string path, string body) =>
        Eventually.TrueAsync($"{Name}/{mock} answers {path} with {body}", async () => await AskAsync(mock, path) == body, cluster.StateAsync);

    /// <summary>Names of the pods of a mock that are not on their way out.</summary>
    public async Task<IReadOnlyList<string>> PodsAsync(string mock) =>
        [.. from pod in await cluster.Api.ListAsync($"{Core("pods")}?labelSelector=mockoperator.dev/mock-server%3D{mock}")
            where pod["metadata"]!["deletionTimestamp"] is null
            select (string)pod["metadata"]!["name"]!];

    private Task ApplyAsync(string kind, string path, string name, JsonObject spec) => cluster.Api.ApplyAsync(path, new JsonObject
    {
        ["apiVersion"] = "mockoperator.dev/v1alpha1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = spec,
    });
}
