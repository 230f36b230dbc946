using MockOperator.Cli.Manifests;

namespace MockOperator.Cli.Tests.Manifests;

/// <summary>Local manifests get the messages that the API server would give.</summary>
public sealed class JudgedManifestsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("judged").FullName;

    public static TheoryData<string> Titles => [.. JudgedManifest.All.Select(static manifest => manifest.Title)];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_manifest_gets_the_messages_of_the_API_server(string title)
    {
        JudgedManifest manifest = JudgedManifest.Of(title);

        Assert.Equal(manifest.AllMessages.Order(StringComparer.Ordinal), manifest.Judge().Select(static problem => problem.Message).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("one.yaml", "# a comment\napiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {name: c}\nspec:\n  examples:\n  - name: a\n    request:\n      path: /a\n      methd: GET\n", 10)]
    [InlineData("two.yaml", "kind: Deployment\n---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: mockoperator.dev/v1alpha1\n  kind: Collection\n  metadata: {name: c}\n  spec:\n    examples: [{name: a,\n      request: {path: /a,\n        methd: GET}}]\n", 12)]
    [InlineData("one.json", "{\"apiVersion\":\"mockoperator.dev/v1alpha1\",\"kind\":\"Collection\",\n\"metadata\":{\"name\":\"c\"},\"spec\":{\"examples\":[\n{\"name\":\"b\",\"request\":{\"path\":\"/b\"}},{\"name\":\"a\",\"request\":{\"path\":\"/a\",\n\"methd\":\"GET\"}}]}}", 4)]
    public void A_problem_tells_file_line_object_and_field(string file, string text, int line)
    {
        LocalProblem problem = Assert.Single(Read(file, text).Problems);

        Assert.Equal($"{Path.Combine(_directory, file)}:{line}: Collection c", problem.Where);
        Assert.Matches("^unknown field \"spec\\.examples\\[[01]\\]\\.request\\.methd\"$", problem.Message);
    }

    [Fact]
    public void A_field_that_is_missing_is_told_at_the_line_of_what_it_is_missing_in()
    {
        LocalProblem problem = Assert.Single(Read("one.yaml", "apiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {name: c}\nspec:\n  examples:\n  - name: a\n    request: {}\n").Problems);

        Assert.EndsWith("one.yaml:7: Collection c", problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_there_twice_is_told_in_JSON_and_in_YAML()
    {
        const string Json = """{"apiVersion":"mockoperator.dev/v1alpha1","kind":"Collection","metadata":{"name":"c"},"spec":{"examples":[{"name":"a","request":{"path":"/a","path":"/b"}}]}}""";

        Assert.Equal("duplicate field \"spec.examples[0].request.path\"", Assert.Single(Read("one.json", Json).Problems).Message);
        File.Delete(Path.Combine(_directory, "one.json"));
        Assert.Equal("line 2, column 1: key \"a\" already set in map", Assert.Single(Read("one.yaml", "a: 1\na: 2\n").Problems).Message);
    }

    [Theory]
    [InlineData("ConfigMap", "data: {enabled: on}", "data.enabled: Invalid value: \"boolean\": data.enabled in body must be of type string: \"boolean\"")]
    [InlineData("ConfigMap", "dta: {a: b}", "unknown field \"dta\"")]
    [InlineData("Secret", "stringData: {pin: 1234}", "stringData.pin: Invalid value: \"integer\": stringData.pin in body must be of type string: \"integer\"")]
    public void Content_of_ConfigMaps_and_Secrets_is_text_and_never_shown(string kind, string content, string message)
    {
        LocalProblem problem = Assert.Single(Read("one.yaml", $"apiVersion: v1\nkind: {kind}\nmetadata: {{name: c}}\n{content}\n").Problems);

        Assert.Equal(message, problem.Message);
    }

    [Fact]
    public void A_name_that_YAML_takes_for_something_else_is_told() =>
        Assert.Equal("metadata.name is no text; write it in quotes.", Assert.Single(Read("one.yaml", "apiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {name: on}\nspec: {postman: {}}\n").Problems).Message);

    [Fact]
    public void Labels_are_text() =>
        Assert.Equal(
            "metadata.labels.on: cannot unmarshal bool into a field of type string; write it in quotes",
            Assert.Single(Read("one.yaml", "apiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {name: c, labels: {\"on\": yes}}\nspec: {examples: [{name: a, request: {path: /a}}]}\n").Problems).Message);

    [Fact]
    public void A_quota_is_judged_too()
    {
        LocalProblem problem = Assert.Single(Read("one.yaml", "apiVersion: mockoperator.dev/v1alpha1\nkind: MockQuota\nmetadata: {name: q}\nspec: {calls: many}\n").Problems);

        Assert.StartsWith("spec.calls: Invalid value: \"string\"", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_very_many_problems_some_are_told_and_the_others_counted()
    {
        string examples = string.Join('\n', Enumerable.Range(0, 100).Select(static number => $"  - {{name: e{number}, request: {{pth: /a}}}}"));
        IReadOnlyList<LocalProblem> problems = Read("one.yaml", $"apiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {{name: c}}\nspec:\n  examples:\n{examples}\n").Problems;

        Assert.Equal(21, problems.Count);
        Assert.Equal("There are 180 more problems.", problems[^1].Message);
    }

    [Fact]
    public void What_is_refused_is_not_served_and_what_refers_to_it_says_so()
    {
        LocalMocks local = Read(
            "all.yaml",
            "apiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {name: c}\nspec: {postman: {}, pstman: {}}\n---\napiVersion: mockoperator.dev/v1alpha1\nkind: MockServer\nmetadata: {name: m}\nspec: {collectionRef: {name: c}}\n");

        Assert.Empty(local.Mocks);
        Assert.Equal(["unknown field \"spec.pstman\"", "Collection 'c' cannot be read."], local.Problems.Select(static problem => problem.Message));
    }

    [Fact]
    public void A_Collection_is_not_served_to_everybody_because_its_private_mock_has_a_fault()
    {
        LocalMocks local = Read(
            "all.yaml",
            "apiVersion: mockoperator.dev/v1alpha1\nkind: Collection\nmetadata: {name: c}\nspec: {examples: [{name: a, request: {path: /a}}]}\n---\napiVersion: mockoperator.dev/v1alpha1\nkind: MockServer\nmetadata: {name: m}\nspec: {collectionRef: {name: c}, prvate: true}\n");

        Assert.Empty(local.Mocks);
        Assert.Equal("unknown field \"spec.prvate\"", Assert.Single(local.Problems).Message);
    }

    [Fact]
    public void YAML_that_begins_like_JSON_is_YAML() =>
        Assert.Equal("c", Assert.Single(Read("one.yaml", "{apiVersion: mockoperator.dev/v1alpha1, kind: Collection, metadata: {name: c}, spec: {examples: [{name: a, request: {path: /a}}]}}\n").Mocks).Definition.Name);

    private LocalMocks Read(string file, string text)
    {
        File.WriteAllText(Path.Combine(_directory, file), text);
        return LocalMocks.Read([_directory]);
    }
}
