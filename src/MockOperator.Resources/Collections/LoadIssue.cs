namespace MockOperator.Resources;

/// <summary>Something in a collection that was not understood or will not do what its author expects.</summary>
public sealed record LoadIssue
{
    /// <summary>How bad it is.</summary>
    public LoadIssueSeverity Severity { get; init; }

    /// <summary>Where, as a path in the document: <c>item[3].response[0].originalRequest.url</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>A stable CamelCase word for the kind of issue.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; init; } = "";
}
