namespace MockOperator.Resources;

/// <summary>How requests are compared with examples. The defaults are Postman's.</summary>
public sealed record MatchingSpec
{
    /// <summary>Which algorithm. Default <see cref="MatchingMode.Postman"/>.</summary>
    public MatchingMode? Mode { get; init; }

    /// <summary>Whether the request body must agree. Default <see cref="BodyMatching.Ignore"/>; <c>x-mock-match-request-body</c> overrides it for one request.</summary>
    public BodyMatching? Body { get; init; }

    /// <summary>Names of headers that must agree. <c>x-mock-match-request-headers</c> overrides it for one request. At most 32.</summary>
    public IReadOnlyList<string>? Headers { get; init; }

    /// <summary>Whether query parameters count. Default true.</summary>
    public bool? QueryParams { get; init; }

    /// <summary>Whether unresolved variables in a path are wildcards. Default true.</summary>
    public bool? Wildcards { get; init; }

    /// <summary>Whether a nearly equal path is taken as a last resort. Default true.</summary>
    public bool? Fuzzy { get; init; }

    /// <summary>What a caller may learn about examples that did not answer. Default <see cref="ExplainMode.All"/>.</summary>
    public ExplainMode? Explain { get; init; }
}
