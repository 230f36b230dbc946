using System.Text.Json.Nodes;
using MockOperator.Cli.Tests.Access;

namespace MockOperator.Cli.Tests.Cluster;

/// <summary>The command line against a played cluster in which a mock has a pod: a real runtime in this process, reached as the API server forwards ports.</summary>
internal sealed class PlayedMock : IAsyncDisposable
{
    public const string Pets = """
        collection:
            examples:
            - {name: all pets, request: {method: GET, path: /pets}, response: {status: 200, body: '[]'}}
            - {name: one pet, request: {method: GET, path: '/pets/{{id}}'}, response: {status: 200, body: 'pet'}}
            - {name: new pet, request: {method: POST, path: /pets}, response: {status: 201, body: 'made'}}
        """;

    private PlayedMock(PlayedCli cli, ServedFiles pod) => (Cli, Pod) = (cli, pod);

    public PlayedCli Cli { get; }

    public ServedFiles Pod { get; }

    /// <summary>Starts a mock petstore with the pod petstore-mock-a.</summary>
    /// <param name="spec">Lines of YAML of its spec besides the collection, in the pod.</param>
    /// <param name="seen">The spec as JSON as the cluster shows it.</param>
    /// <param name="more">More manifests in the pod.</param>
    /// <param name="time">The clock of the commands.</param>
    public static async Task<PlayedMock> StartAsync(string spec = "", string seen = "{}", string more = "", TimeProvider? time = null)
    {
        var cli = await PlayedCli.StartAsync(time ?? TimeProvider.System);
        var pod = await ServedFiles.OpenAsync($$"""
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: petstore}
            spec:
              {{spec}}
              {{Pets}}
            {{more}}
            """);
        cli.AddMock("petstore", seen);
        cli.Cluster.AddPod("petstore", "petstore-mock-a", pod.Ports);
        return new PlayedMock(cli, pod);
    }

    /// <summary>Says in the status which revision is wanted.</summary>
    public void Want(string revision)
    {
        var mock = Cli.Cluster.Objects.Find("mockservers", "demo", "petstore")!;
        mock["status"]!["revision"] = revision;
        Cli.Cluster.Objects.Put("mockservers", mock);
    }

    public JsonObject Secret() => Cli.Cluster.Objects.Find("secrets", "demo", "petstore-keys")!;

    public async ValueTask DisposeAsync()
    {
        await Cli.DisposeAsync();
        await Pod.DisposeAsync();
    }
}
