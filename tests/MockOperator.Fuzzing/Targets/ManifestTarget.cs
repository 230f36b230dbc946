using MockOperator.Cli.Manifests;
using MockOperator.Fuzzing.Engine;
using MockOperator.Mocking.Serving;
using MockOperator.Runtime.Content;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Manifests, collections and environments in a file, as <c>kubectl-mock serve</c> takes them.</summary>
internal sealed class ManifestTarget : FuzzTarget
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fuzz-manifests-").FullName;

    /// <inheritdoc/>
    public override string Name => "manifest";

    /// <inheritdoc/>
    public override int MaxLength => 8 * 1024;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words =>
    [
        "apiVersion: mockoperator.dev/v1alpha1\n", "kind: MockServer\n", "kind: Collection\n", "kind: ConfigMap\n", "kind: Secret\n", "kind: List\nitems:\n", "metadata: {name: a}\n", "spec:\n", "collectionRef: {name: c}\n", "examples: [{name: a, request: {path: /a}}]\n",
        "postman: ", "configMapKeyRef: {name: c, key: k}\n", "environment:\n", "secretRef: {name: s}\n", "private: true\n", "data: {k: v}\n", "stringData: {k: v}\n", "binaryData: {k: AA==}\n", "H4sIAAAAAAAA", "\n---\n", "version: v1", "parts:\n", "\"\\ud800\"", "kind: MockQuota\n", "calls: 5\n", "methd: GET\n", "replicas: 2.0\n", "matching: {body: Off}\n", "delay: {min: 1s, max: 2s}\n", "resources: {limits: {cpu: 1}}\n", "labels: {a: on}\n",
    ];

    /// <inheritdoc/>
    public override long MostAllocated(int length) => (2048L * 1024 * 1024) + (1024L * 1024 * length);

    /// <summary>The samples that the project ships.</summary>
    public static IEnumerable<byte[]> Samples() => Directory.EnumerateFiles(Path.Combine(SeedFiles.Root, "config", "samples"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => Samples().Append(File.ReadAllBytes(Path.Combine(SeedFiles.Root, "tests", "corpus", "manifests", "judged.yaml"))).Concat(SeedFiles.Corpus("*environment.json")).Append(SeedFiles.Text(
        """
        {"apiVersion":"v1","kind":"List","items":[{"apiVersion":"mockoperator.dev/v1alpha1","kind":"MockServer","metadata":{"name":"m"},"spec":{"private":true,"collection":{"configMapKeyRef":{"name":"c","key":"k"}},
        "environment":{"from":[{"secretRef":{"name":"s"}}],"postman":{"configMapKeyRef":{"name":"c","key":"e"}},"variables":[{"name":"a","value":"b"}]},"apiKeys":{"secretRef":{"name":"s"}}}},
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"k":"{\"item\":[{\"response\":[{\"code\":200,\"originalRequest\":\"h/a\"}]}]}","e":"{\"values\":[]}"},"binaryData":{"z":"H4sIAAAAAAAAA6tWKkvMKU1VslKKjq0FABn5Ai0NAAAA"}},
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"k":"QUJD"},"stringData":{"l":"x"}}]}
        """));

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        bool isJson = input.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8);
        string file = Path.Combine(_directory, isJson ? "input.json" : "input.yaml");
        File.WriteAllBytes(file, input);
        LocalMocks local = LocalMocks.Read([file]);
        foreach (LocalProblem problem in local.Problems)
        {
            Violation.Unless(problem.Where.StartsWith(file, StringComparison.Ordinal) && problem.Message.Length > 0, "A problem tells where and what.");
        }

        foreach (LocalMock mock in local.Mocks)
        {
            if (ContentCompiler.Compile("r", mock.Definition, mock.Collection, mock.Environment, mock.Keys, StillTime.Instance) is ContentReading.Usable usable)
            {
                MockPlan plan = usable.Content.Plan;
                Promises.Answer(plan, plan, new MadeUpRequest("GET", "/a", HeaderTable.None, default));
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        base.Dispose();
    }
}
