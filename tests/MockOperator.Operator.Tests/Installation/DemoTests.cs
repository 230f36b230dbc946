using System.Text.Json;

namespace MockOperator.Operator.Tests.Installation;

/// <summary><c>CLUSTER=current make demo</c> and <c>make demo-down</c>, in a cluster in which others live.</summary>
public sealed class DemoTests : IDisposable
{
    private static readonly string[] s_changes = ["apply", "create", "delete", "label", "annotate", "patch", "replace", "edit", "scale", "set", "run"];

    private readonly Workshop _workshop = new();

    public static TheoryData<string> Foreigners =>
    [
        "CustomResourceDefinition   mockservers.mockoperator.dev   <none>",
        "CustomResourceDefinition   mockquotas.mockoperator.dev   demo-of-somebody-else",
        "Namespace   mock-operator-system   <none>",
        "Namespace   mock-demo   <none>",
        "Deployment   mock-operator   <none>",
        "ClusterRole   mock-operator-edit   <none>",
    ];

    [Theory]
    [MemberData(nameof(Foreigners))]
    public async Task Where_something_of_its_names_was_there_it_names_it_and_changes_nothing(string line)
    {
        Begin().Answer("kubectl get -f - ", $"echo 'Namespace   x   demo'; echo '{line}'");

        (int exitCode, _, string error) = await _workshop.RunAsync("demo", "up");

        Assert.Equal(1, exitCode);
        Assert.Contains(string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]), error, StringComparison.Ordinal);
        Assert.DoesNotContain("Namespace x", error, StringComparison.Ordinal);
        Assert.Empty(Changes());
    }

    [Theory]
    [InlineData("up", "kubectl get -f - ")]
    [InlineData("down", "kubectl get ")]
    public async Task Where_the_cluster_does_not_answer_it_changes_nothing(string command, string call)
    {
        Begin().Answer(call, "echo refused >&2; false");

        (int exitCode, _, string error) = await _workshop.RunAsync("demo", command);

        Assert.Equal(1, exitCode);
        Assert.Contains("refused", error, StringComparison.Ordinal);
        Assert.Empty(Changes());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("echo 'Namespace   mock-demo   demo'; echo 'Deployment   mock-operator   demo'")]
    public async Task Where_nothing_was_there_or_its_own_all_that_it_makes_bears_its_mark_and_nothing_is_forced(string present)
    {
        Begin().Answer("kubectl get -f - ", present);

        (int exitCode, string output, string error) = await _workshop.RunAsync("demo", "up");

        Assert.True(exitCode == 0, error);
        Assert.Contains("200 OK", output, StringComparison.Ordinal);
        Assert.All(Changes(), static call => Assert.DoesNotContain("force", call, StringComparison.Ordinal));
        IEnumerable<string> applied = Changes().Where(static call => call.StartsWith("kubectl apply --server-side -f -", StringComparison.Ordinal));
        Assert.Equal(2, applied.Count());
        string objects = _workshop.Input("kubectl apply --server-side -f -");
        Assert.Contains("registry.example.com/mock-runtime@sha256:2", objects, StringComparison.Ordinal);
        Assert.All(Objects(objects), static made => Assert.Equal("demo", made.GetProperty("metadata").GetProperty("labels").GetProperty("mockoperator.dev/made-by").GetString()));
        Assert.Contains(Objects(objects), static made => made.GetProperty("kind").GetString() == "CustomResourceDefinition");
    }

    [Fact]
    public async Task What_would_be_made_is_what_is_looked_for()
    {
        Begin().Answer("kubectl get -f - ", "true");

        await _workshop.RunAsync("demo", "up");

        string asked = _workshop.Input(_workshop.Calls.First(static call => call.StartsWith("kubectl get -f - ", StringComparison.Ordinal)));
        Assert.Equal(
            [.. Objects(_workshop.Input("kubectl apply --server-side -f -")).Select(static made => $"{made.GetProperty("kind")} {made.GetProperty("metadata").GetProperty("name")}"), "Namespace mock-demo"],
            Manifests.Parse(asked).Select(static document => $"{document["kind"]} {document["metadata"]["name"]}"));
        Assert.Contains("Namespace mock-operator-system", Manifests.Parse(asked).Select(static document => $"{document["kind"]} {document["metadata"]["name"]}"));
    }

    [Fact]
    public async Task Down_removes_what_bears_the_mark_the_mocks_first_and_nothing_else()
    {
        Begin().Answer("kubectl get namespaces,clusterroles,clusterrolebindings,customresourcedefinitions -l mockoperator.dev/made-by=demo -o name", """
            echo namespace/mock-operator-system; echo namespace/mock-demo; echo clusterrole.rbac.authorization.k8s.io/mock-operator
            echo customresourcedefinition.apiextensions.k8s.io/mockservers.mockoperator.dev
            """);

        (int exitCode, _, string error) = await _workshop.RunAsync("demo", "down");

        Assert.True(exitCode == 0, error);
        Assert.Equal(
            [
                "kubectl delete --ignore-not-found namespace/mock-demo",
                "kubectl delete --ignore-not-found namespace/mock-operator-system clusterrole.rbac.authorization.k8s.io/mock-operator customresourcedefinition.apiextensions.k8s.io/mockservers.mockoperator.dev",
            ],
            Changes());
    }

    [Fact]
    public async Task Down_leaves_operator_and_definitions_while_others_have_mocks()
    {
        Begin()
            .Answer("kubectl get namespaces,", "echo namespace/mock-demo; echo namespace/mock-operator-system; echo customresourcedefinition.apiextensions.k8s.io/mockservers.mockoperator.dev")
            .Answer("kubectl get mockservers.mockoperator.dev -A ", "echo 'MockServer   shop   petstore'");

        (int exitCode, _, string error) = await _workshop.RunAsync("demo", "down");

        Assert.Equal(1, exitCode);
        Assert.Contains("MockServer   shop   petstore", error, StringComparison.Ordinal);
        Assert.Equal(["kubectl delete --ignore-not-found namespace/mock-demo"], Changes());
    }

    [Fact]
    public async Task Down_removes_nothing_where_the_demo_made_nothing()
    {
        Begin();

        (int exitCode, _, string error) = await _workshop.RunAsync("demo", "down");

        Assert.True(exitCode == 0, error);
        Assert.Empty(Changes());
    }

    public void Dispose() => _workshop.Dispose();

    private Workshop Begin()
    {
        Assert.SkipWhen(Workshop.Find("kubectl") is null, "There is no kubectl on the path.");
        return _workshop.PlayKubectl().Play("curl")
            .With("CLUSTER", "current")
            .With("MOCK_OPERATOR_IMAGE", "registry.example.com/mock-operator@sha256:1")
            .With("MOCK_RUNTIME_IMAGE", "registry.example.com/mock-runtime@sha256:2")
            .Answer("kubectl -n mock-demo port-forward", "echo 'Forwarding from 127.0.0.1:12345 -> 8080'")
            .Answer("curl ", "echo 'HTTP/1.1 200 OK'");
    }

    private IEnumerable<string> Changes() =>
        _workshop.Calls.Where(static call => call.StartsWith("kubectl ", StringComparison.Ordinal) && call.Split(' ').Any(static word => s_changes.Contains(word, StringComparer.Ordinal))
            && !call.StartsWith("kubectl label --local ", StringComparison.Ordinal));

    // kubectl prints JSON objects one after the other.
    private static List<JsonElement> Objects(string json)
    {
        var objects = new List<JsonElement>();
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            objects.Add(JsonElement.ParseValue(ref reader));
        }

        return objects;
    }
}
