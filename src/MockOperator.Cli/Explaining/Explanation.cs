using System.Text.Json.Serialization;

namespace MockOperator.Cli.Explaining;

/// <summary>The table of scores that a mock answers with to <c>x-mock-explain: true</c> (docs/matching.md).</summary>
internal sealed record Explanation
{
    /// <summary>What the call would get: <c>Matched</c>, <c>NoMatch</c>, <c>RequestWithoutExample</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Examples that the mock has.</summary>
    public int? ExampleCount { get; init; }

    /// <summary>The examples, the best first.</summary>
    public IReadOnlyList<Row?>? Examples { get; init; }

    internal sealed record Row
    {
        public string? Name { get; init; }

        public string? Id { get; init; }

        public string? Path { get; init; }

        public string? Request { get; init; }

        public int? Status { get; init; }

        public double? Score { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Won { get; init; }

        public string? Reason { get; init; }
    }
}
