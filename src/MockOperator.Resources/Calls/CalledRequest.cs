namespace MockOperator.Resources;

/// <summary>What was asked.</summary>
public sealed record CalledRequest
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query as the mock has them, not decoded: without a prefix that the mock is exposed below.</summary>
    public required string Path { get; init; }

    /// <summary>The headers, secret ones masked; null when they were not asked for.</summary>
    public IReadOnlyList<CalledHeader>? Headers { get; init; }

    /// <summary>The body; null when it was not asked for.</summary>
    public CalledBody? Body { get; init; }
}
