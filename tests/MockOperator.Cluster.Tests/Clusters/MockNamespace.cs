using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>A namespace of one test, with the words that tests of mocks are written in.</summary>
public sealed class MockNamespace(TestCluster cluster, string name) : IAsyncDisposable
{
    private static readonly IDeserializer s_yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
    private static readonly ISerializer s_json = new SerializerBuilder().JsonCompatible().Build();

    private readonly List<HttpClient> _doors = [];

    public string Name { get; } = name;

    public ClusterApi Api => cluster.Api;

    /// <summary>Path of an object of this namespace.</summary>
    public string Path(string kind, string name = "") => (kind switch
    {
        "MockServer" => $"apis/mockoperator.dev/v1alpha1/namespaces/{Name}/mockservers",
        "Collection" => $"apis/mockoperator.dev/v1alpha1/namespaces/{Name}/collections",
        "MockQuota" => $"apis/mockoperator.dev/v1alpha1/namespaces/{Name}/mockquotas",
        "Deployment" => $"apis/apps/v1/namespaces/{Name}/deployments",
        "ReplicaSet" => $"apis/apps/v1/namespaces/{Name}/replicasets",
        "ConfigMap" => $"api/v1/namespaces/{Name}/configmaps",
        "Service" => $"api/v1/namespaces/{Name}/services",
        "ServiceAccount" => $"api/v1/namespaces/{Name}/serviceaccounts",
        "Pod" => $"api/v1/namespaces/{Name}/pods",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of these tests"),
    }) + (name.Length == 0 ? "" : $"/{name}");

    /// <summary>Applies documents of YAML, as a user does.</summary>
    public async Task ApplyAsync(string documents)
    {
        foreach (var document in documents.Split("\n---", StringSplitOptions.RemoveEmptyEntries))
        {
            var body = JsonNode.Parse(s_json.Serialize(s_yaml.Deserialize(document)!))!.AsObject();
            await Api.ApplyAsync(Path(body["kind"]!.GetValue<string>(), body["metadata"]!["name"]!.GetValue<string>()), body);
        }
    }

    /// <summary>Waits for a condition of an object, at its present generation.</summary>
    public Task<JsonObject> ConditionAsync(string kind, string name, string type, string status, string? message = null) => Eventually.GetAsync(
        $"{kind} {Name}/{name} has {type}={status}{(message is null ? "" : $" saying '{message}'")}",
        async () =>
        {
            var found = await Api.GetAsync(Path(kind, name));
            var condition = found["status"]?["conditions"]?.AsArray().FirstOrDefault(item => item!["type"]!.GetValue<string>() == type);
            return condition is not null
                && condition["status"]!.GetValue<string>() == status
                && condition["observedGeneration"]?.GetValue<long>() == found["metadata"]!["generation"]!.GetValue<long>()
                && (message is null || condition["message"]!.GetValue<string>().Contains(message, StringComparison.Ordinal)) ? found : null;
        },
        () => StateAsync(kind, name));

    public Task<JsonObject> ReadyAsync(string mock) => ConditionAsync("MockServer", mock, "Ready", "True");

    /// <summary>A client of a mock: by a port of the node, through kube-proxy, as from outside the cluster.</summary>
    public async Task<HttpClient> DoorAsync(string mock)
    {
        var service = await Api.ApplyAsync(Path("Service", $"{mock}-door"), new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["name"] = $"{mock}-door" },
            ["spec"] = new JsonObject
            {
                ["type"] = "NodePort",
                ["selector"] = new JsonObject { ["mockoperator.dev/mock-server"] = mock },
                ["ports"] = new JsonArray(new JsonObject { ["port"] = 80, ["targetPort"] = 8080, ["protocol"] = "TCP" }),
            },
        });
        var port = service["spec"]!["ports"]![0]!["nodePort"]!.GetValue<int>();
        var client = new HttpClient { BaseAddress = new Uri($"http://{cluster.NodeAddress}:{port}"), Timeout = TimeSpan.FromSeconds(10) };
        _doors.Add(client);
        return client;
    }

    /// <summary>Waits until a path is answered with this text.</summary>
    public Task ServesAsync(HttpClient door, string path, string text) => Eventually.TrueAsync(
        $"{path} is answered with {text}",
        async () => (await AnswerAsync(door, path)).Contains(text, StringComparison.Ordinal),
        () => StateAsync("MockServer", null));

    /// <summary>Status and body of an answer.</summary>
    public static async Task<string> AnswerAsync(HttpClient door, string path)
    {
        using var response = await door.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    /// <summary>Names of all objects of a kind that belong to a mock.</summary>
    public async Task<IReadOnlyList<string>> ChildrenAsync(string kind, string mock) =>
        [.. from child in await Api.ListAsync($"{Path(kind)}?labelSelector=mockoperator.dev/mock-server%3D{mock}")
            select child["metadata"]!["name"]!.GetValue<string>()];

    /// <summary>Uids of the pods of a mock that are not on their way out.</summary>
    public async Task<IReadOnlyList<string>> PodsAsync(string mock) =>
        [.. from pod in await Api.ListAsync($"{Path("Pod")}?labelSelector=mockoperator.dev/mock-server%3D{mock}")
            where pod["metadata"]!["deletionTimestamp"] is null
            select pod["metadata"]!["uid"]!.GetValue<string>()];

    /// <summary>Waits until the namespace holds no child of a mock.</summary>
    public Task GoneAsync(string mock) => Eventually.TrueAsync(
        $"nothing is left of {mock}",
        async () =>
        {
            foreach (var kind in new[] { "Deployment", "Service", "ConfigMap", "ServiceAccount", "Pod" })
            {
                if ((await ChildrenAsync(kind, mock)).Count > 0)
                    return false;
            }

            return true;
        },
        () => StateAsync("MockServer", mock));

    /// <summary>What explains a failure: the object's status, then the cluster's state.</summary>
    public async Task<string> StateAsync(string kind, string? name)
    {
        var status = "";
        try
        {
            foreach (var item in name is null ? await Api.ListAsync(Path(kind)) : [await Api.GetAsync(Path(kind, name))])
                status += $"{kind} {item["metadata"]!["name"]}: generation {item["metadata"]!["generation"]}, status {item["status"]?.ToJsonString()}\n";
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException)
        {
            status = exception.Message + "\n";
        }

        return status + await cluster.StateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors)
            door.Dispose();
        // Their pods would slow the tests that follow. The namespace stays, so that the operator is refused nothing because it is on its way out.
        foreach (var mock in await Api.ListAsync(Path("MockServer")))
            await Api.DeleteAsync(Path("MockServer", mock["metadata"]!["name"]!.GetValue<string>()));
    }
}
