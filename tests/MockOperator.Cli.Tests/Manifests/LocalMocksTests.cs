using System.Text;
using MockOperator.Cli.Manifests;

namespace MockOperator.Cli.Tests.Manifests;

public sealed class LocalMocksTests : IDisposable
{
    private const string Head = "apiVersion: mockoperator.dev/v1alpha1\n";
    private readonly string _directory = Directory.CreateTempSubdirectory("manifests").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_MockServer_takes_the_version_that_it_names()
    {
        LocalMocks local = Read(
            Head + "kind: Collection\nmetadata: {name: c}\nspec:\n  examples: [{name: /new, request: {path: /new}}]\n  versions: [{tag: v1, examples: [{name: /old, request: {path: /old}}]}]\n",
            Head + "kind: MockServer\nmetadata: {name: current}\nspec: {collectionRef: {name: c}}\n",
            Head + "kind: MockServer\nmetadata: {name: old}\nspec: {collectionRef: {name: c, version: v1}}\n");
        Assert.Empty(local.Problems);
        Assert.Equal("/new", Mock(local, "current").Definition.Examples![0].Request!.Path);
        Assert.Equal("/old", Mock(local, "old").Definition.Examples![0].Request!.Path);
    }

    [Fact]
    public void A_Collection_that_nobody_refers_to_becomes_a_mock()
    {
        LocalMocks local = Read(Head + "kind: Collection\nmetadata: {name: c}\nspec: {examples: [{name: /a, request: {path: /a}}]}\n");
        Assert.Equal("c", Assert.Single(local.Mocks).Definition.Name);
    }

    [Fact]
    public void Variables_beat_sources_and_sources_beat_the_Postman_environment()
    {
        LocalMocks local = Read(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: env}\ndata: {a: config, b: config}\n",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: env}\nstringData: {b: secret, c: secret}\n",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: export}\ndata: {e: '{\"values\":[{\"key\":\"a\",\"value\":\"postman\"},{\"key\":\"d\",\"value\":\"postman\"}]}'}\n",
            Head + """
            kind: MockServer
            metadata: {name: m}
            spec:
              collection: {examples: [{name: /a, request: {path: /a}}]}
              environment:
                variables: [{name: c, value: inline}]
                from: [{configMapRef: {name: env}}, {secretRef: {name: env}}]
                postman: {configMapKeyRef: {name: export, key: e}}
            """);
        Assert.Empty(local.Problems);
        IReadOnlyDictionary<string, string> environment = Mock(local, "m").Environment;
        Assert.Equal(("config", "secret", "inline", "postman"), (environment["a"], environment["b"], environment["c"], environment["d"]));
    }

    [Fact]
    public void A_prefix_goes_before_each_key_and_what_is_optional_may_be_missing()
    {
        LocalMocks local = Read(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: env}\ndata: {host: config}\n",
            Head + "kind: MockServer\nmetadata: {name: m}\nspec: {collection: {examples: [{name: /a, request: {path: /a}}]}, environment: {from: [{configMapRef: {name: env}, prefix: api_}, {secretRef: {name: absent}, optional: true}, {configMapRef: {name: absent}, optional: true}]}}\n");
        Assert.Empty(local.Problems);
        Assert.Equal(["api_host"], Mock(local, "m").Environment.Keys);
    }

    [Fact]
    public void A_Secret_in_base64_is_decoded()
    {
        string value = Convert.ToBase64String(Encoding.UTF8.GetBytes("hidden"));
        LocalMocks local = Read(
            "apiVersion: v1\nkind: Secret\nmetadata: {name: env}\ndata: {a: " + value + "}\n",
            Head + "kind: MockServer\nmetadata: {name: m}\nspec: {collection: {examples: [{name: /a, request: {path: /a}}]}, environment: {from: [{secretRef: {name: env}}]}}\n");
        Assert.Equal("hidden", Mock(local, "m").Environment["a"]);
    }

    [Theory]
    [InlineData("kind: MockServer\nmetadata: {name: m}\nspec: {collectionRef: {name: absent}}", "Collection 'absent' is not among the given files.")]
    [InlineData("kind: MockServer\nmetadata: {name: m}\nspec: {}", "a MockServer takes exactly one of collectionRef and collection")]
    [InlineData("kind: MockServer\nmetadata: {name: m}", "spec: Required value")]
    [InlineData("kind: MockServer\nmetadata: {}\nspec: {}", "metadata.name is missing")]
    [InlineData("kind: MockServer\nmetadata: {name: m}\nspec: {collection: {}}", "an embedded collection takes exactly one source: postman, examples or configMapKeyRef")]
    [InlineData("kind: MockServer\nmetadata: {name: m}\nspec: {collection: {configMapKeyRef: {name: c, key: k}}}", "ConfigMap 'c' is not among")]
    [InlineData("kind: MockServer\nmetadata: {name: m}\nspec: {seed: many, collectionRef: {name: c}}", "spec.seed")]
    [InlineData("kind: Collection\nmetadata: {name: m}\nspec: {examples: 5}", "spec.examples")]
    [InlineData("kind: Collection\nmetadata: {name: m}\nspec: {examples: [{request: {path: /}}]}", "spec.examples[0].name")]
    [InlineData("kind: Collection\nmetadata: {name: m}\nspec: {examples: [{name: a, request: {path: /}, response: {delayMilliseconds: 5}}]}", "write delay, with a unit")]
    [InlineData("kind: MockServer\nmetadata: {name: m}\nspec: {serverResponse: {status: 503}, collectionRef: {name: c}}", "write serverResponses")]
    public void A_problem_names_the_object_and_the_cure(string manifest, string expected)
    {
        LocalMocks local = Read(Head + manifest);
        LocalProblem problem = Assert.Single(local.Problems);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Contains("0.yaml", problem.Where, StringComparison.Ordinal);
        Assert.Empty(local.Mocks);
    }

    [Fact]
    public void An_unknown_version_lists_those_that_exist()
    {
        LocalMocks local = Read(
            Head + "kind: Collection\nmetadata: {name: c}\nspec: {postman: {}, versions: [{tag: v1, postman: {}}]}\n",
            Head + "kind: MockServer\nmetadata: {name: m}\nspec: {collectionRef: {name: c, version: v9}}\n");
        Assert.Contains("There are: CURRENT, v1.", Assert.Single(local.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_apiVersion_of_our_kinds_is_told_and_other_kinds_are_passed_over()
    {
        LocalMocks local = Read(
            "apiVersion: mockoperator.dev/v2\nkind: MockServer\nmetadata: {name: m}\nspec: {}\n",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {}\n");
        Assert.Contains("mockoperator.dev/v1alpha1", Assert.Single(local.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My API.postman_collection.json", "my-api")]
    [InlineData("petstore.json", "petstore")]
    [InlineData("v1.2 shop.json", "v1-2-shop")]
    [InlineData("---.json", "mock")]
    [InlineData("Ümläut.json", "ml-ut")]
    public void A_bare_collection_is_named_after_its_file(string file, string name) => Assert.Equal(name, MockName.FromFile("/some/where/" + file));

    private static LocalMock Mock(LocalMocks local, string name) => local.Mocks.Single(mock => mock.Definition.Name == name);

    private LocalMocks Read(params string[] manifests)
    {
        for (int number = 0; number < manifests.Length; number++)
        {
            File.WriteAllText(Path.Combine(_directory, $"{number}.yaml"), manifests[number]);
        }

        return LocalMocks.Read([_directory]);
    }
}
