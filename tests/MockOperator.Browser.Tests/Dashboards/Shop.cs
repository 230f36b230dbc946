using MockOperator.Browser.Tests.Dashboards;
using MockOperator.Cli.CommandLine;
using MockOperator.Dashboard.Tests.Showing;
using MockOperator.Testing;

[assembly: AssemblyFixture(typeof(Shop))]

namespace MockOperator.Browser.Tests.Dashboards;

/// <summary>One mock that runs for all tests of the run, with calls: it stands for the pod of Petstore.</summary>
public sealed class Shop : IAsyncLifetime
{
    private const string Manifest = """
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: petstore}
        spec:
          collection:
            examples:
            - name: Available pets
              request: {path: /pets, query: [{name: status, value: available}]}
              response: {headers: [{name: Content-Type, value: application/json}], body: '[{"id": 1, "name": "Rex"}]'}
            - name: Any pet
              request: {path: "/pets/{{id}}"}
              response: {headers: [{name: Content-Type, value: application/json}], body: '{"id": 42, "name": "Rex"}'}
            - name: Create pet
              request: {method: POST, path: /pets}
              response: {status: 201, body: '{"id": 43}'}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("shop-").FullName;

    public RunningMock Mock { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(_directory, "mocks.yaml");
        await File.WriteAllTextAsync(file, Manifest);
        Mock = await RunningMock.StartAsync(file);
        await CallAsync(HttpMethod.Post, "/pets", """{"name": "Bello"}""");
        await CallAsync(HttpMethod.Get, "/pets?status=available");
        await CallAsync(HttpMethod.Post, "/pets/42/vaccinate", """{"vaccine": "rabies", "dose": 2}""");
        await CallAsync(HttpMethod.Get, "/pets/42?expand=owner");
    }

    /// <summary>A dashboard of one's own, over a cluster of its own, with the mock as the pod of Petstore.</summary>
    internal async Task<Showcase> OpenAsync()
    {
        var shown = await Showcase.OpenLocalAsync(yaml: DashboardCommand.YamlText);
        shown.Cluster.AddPod("petstore", "petstore-mock-7d9c-x2x7p", Mock.Ports, Showcase.Namespace);
        return shown;
    }

    internal async Task CallAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("User-Agent", "shop-frontend/2.1");
        request.Headers.Add("Authorization", "Bearer secret");
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Mock.Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await Mock.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
