using MockOperator.Fuzzing.Engine;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Postman collections, v1 to v2.1, and the plans that are made of them.</summary>
internal sealed class CollectionTarget : FuzzTarget
{
    private static readonly Dictionary<string, string> s_environment = new(StringComparer.Ordinal) { ["a"] = "{{b}}", ["b"] = "x{{id}}", ["h"] = "https://host/v1" };

    private static readonly MockPlanOptions[] s_options =
    [
        new(),
        new() { Matching = new MatchingSpec { Body = BodyMatching.Exact, Headers = ["X-A"] } },
        new() { Matching = new MatchingSpec { Body = BodyMatching.Subset, Mode = MatchingMode.Strict } },
        new() { ServerResponse = new ServerResponseSpec { Status = 503, Body = "{{a}} {{$body 'x'}}" } },
    ];

    /// <inheritdoc/>
    public override string Name => "collection";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words =>
    [
        "\"item\":[", "\"request\":", "\"response\":[", "\"originalRequest\":", "\"url\":", "\"raw\":", "\"path\":[", "\"query\":[", "\"variable\":[", "\"variables\":", "\"header\":", "\"body\":", "\"mode\":", "\"code\":",
        "\"requests\":[", "\"folders\":[", "\"responses\":[", "\"requestObject\":", "\"rawModeData\":", "\"dataMode\":", "\"text\":", "\"collection\":{", "\"disabled\":true", "\"_postman_previewlanguage\":", "\"stream\":", "\"id\":", "\"key\":", "\"value\":",
    ];

    /// <summary>Growing by variables up to 64 Mi characters is documented, and it is done three times.</summary>
    public override long MostAllocated(int length) => (2048L * 1024 * 1024) + (1024L * 1024 * length);

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => SeedFiles.Corpus("*collection.json").Concat(SeedFiles.Corpus("*v2.1.json"));

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        MockPlanOptions options = s_options[input.Length % s_options.Length];
        MockPlan plan = MockPlan.ReadPostman(input, s_environment, options);
        LoadedCollection whole = CollectionReader.ReadPostman(input);
        MockPlan again = MockPlan.Compile(whole, s_environment, options);
        Violation.Unless(plan.Name == whole.Name, "Read at once or on the way, the name is the same.");
        Promises.Answer(plan, again);
    }
}
