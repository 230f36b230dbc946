namespace MockOperator.Resources;

/// <summary>What was answered.</summary>
public sealed record CalledResponse
{
    /// <summary>The status.</summary>
    public required int Status { get; init; }

    /// <summary>The headers, secret ones masked; null when they were not asked for.</summary>
    public IReadOnlyList<CalledHeader>? Headers { get; init; }

    /// <summary>The body; null when it was not asked for.</summary>
    public CalledBody? Body { get; init; }
}
