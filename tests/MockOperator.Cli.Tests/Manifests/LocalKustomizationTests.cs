using System.Text;
using MockOperator.Cli.Manifests;

namespace MockOperator.Cli.Tests.Manifests;

/// <summary>ConfigMaps that a kustomization among the files generates.</summary>
public sealed class LocalKustomizationTests : IDisposable
{
    private const string Collection = """{"info":{"name":"Pets"},"item":[{"name":"pets","request":{"url":"/pets"},"response":[{"name":"ok","code":200,"body":"Rex"}]}]}""";

    private const string Mock = """
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: pets}
        spec:
          collection:
            configMapKeyRef: {name: exported, key: KEY}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("kustomization").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("collection.json=pets.json", "collection.json")]
    [InlineData("pets.json", "pets.json")]
    public void A_file_of_a_generator_is_a_key_of_its_ConfigMap_and_no_mock_of_its_own(string entry, string key)
    {
        Write("pets.json", Collection);
        Write("mock.yaml", Mock.Replace("KEY", key, StringComparison.Ordinal));
        Write("kustomization.yaml", Kustomization(entry));

        LocalMocks mocks = LocalMocks.Read([_folder]);

        Assert.Empty(mocks.Problems);
        Assert.Equal(Collection, Encoding.UTF8.GetString(Assert.Single(mocks.Mocks).Collection!.Value.Span));
    }

    [Fact]
    public void A_file_that_is_no_text_keeps_its_bytes()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Collection));
        }

        File.WriteAllBytes(Path.Combine(_folder, "pets.gz"), compressed.ToArray());
        Write("mock.yaml", Mock.Replace("KEY", "pets.gz", StringComparison.Ordinal));
        Write("kustomization.yaml", Kustomization("pets.gz"));

        LocalMocks mocks = LocalMocks.Read([_folder]);

        Assert.Empty(mocks.Problems);
        Assert.Equal(Collection, Encoding.UTF8.GetString(Assert.Single(mocks.Mocks).Collection!.Value.Span));
    }

    [Fact]
    public void Literals_are_variables()
    {
        Write("mock.yaml", """
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: pets}
            spec:
              environment: {from: [{configMapRef: {name: words}}]}
              collection: {examples: [{name: root, request: {path: /}}]}
            """);
        Write("kustomization.yaml", """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            configMapGenerator:
            - name: words
              literals: [greeting=Good day = hello, "=none", none]
            """);

        LocalMocks mocks = LocalMocks.Read([_folder]);

        Assert.Empty(mocks.Problems);
        Assert.Equal([KeyValuePair.Create("greeting", "Good day = hello")], Assert.Single(mocks.Mocks).Environment);
    }

    [Theory]
    [InlineData("../secret.json", "is not in the folder")]
    [InlineData("/etc/passwd", "is not in the folder")]
    [InlineData("absent.json", "There is no file 'absent.json'")]
    [InlineData("", "is not in the folder")]
    public void A_file_that_cannot_be_read_or_must_not_be_is_named(string entry, string said)
    {
        Write("kustomization.yaml", Kustomization(entry));

        LocalProblem problem = Assert.Single(LocalMocks.Read([_folder]).Problems);

        Assert.Contains("kustomization.yaml: configMapGenerator exported", problem.Where, StringComparison.Ordinal);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("configMapGenerator: 3")]
    [InlineData("configMapGenerator: [3, {files: {}, name: x, literals: 5}, {name: [], files: [1]}]")]
    [InlineData("namespace: 7")]
    public void Whatever_else_it_says_ends_nothing(string line)
    {
        Write("pets.json", Collection);
        Write("kustomization.yaml", $"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n{line}\n");

        Assert.Single(LocalMocks.Read([_folder]).Mocks);
    }

    private static string Kustomization(string entry) => $"""
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        configMapGenerator:
        - name: exported
          files: ["{entry}"]
        """;

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}
