namespace MockOperator.Mocking.Serving;

/// <summary>One row of a <see cref="MatchExplanation"/>.</summary>
public sealed record ExplainedExample
{
    /// <summary>Id of the example.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the example.</summary>
    public required string Name { get; init; }

    /// <summary>Where the example stands in its document.</summary>
    public required string Path { get; init; }

    /// <summary>The method of its request.</summary>
    public required string Method { get; init; }

    /// <summary>The resolved path and query of its request, wildcards in braces.</summary>
    public required string Target { get; init; }

    /// <summary>Status that it answers with.</summary>
    public required int Status { get; init; }

    /// <summary>Its score; null when it was left out.</summary>
    public double? Score { get; init; }

    /// <summary>Whether it is the answer.</summary>
    public bool Won { get; init; }

    /// <summary>How the score came about, or why it was left out, as a sentence.</summary>
    public required string Reason { get; init; }
}
