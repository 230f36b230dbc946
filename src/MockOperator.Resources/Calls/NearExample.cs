namespace MockOperator.Resources;

/// <summary>An example that nearly answered a call.</summary>
public sealed record NearExample
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its id; empty when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>Where it is in the collection.</summary>
    public string? Path { get; init; }

    /// <summary>Method and path of its request.</summary>
    public string? Request { get; init; }

    /// <summary>The status that it answers.</summary>
    public int? Status { get; init; }

    /// <summary>Its score; null when it was left out before one was given.</summary>
    public double? Score { get; init; }

    /// <summary>Why it lost.</summary>
    public required string Reason { get; init; }
}
