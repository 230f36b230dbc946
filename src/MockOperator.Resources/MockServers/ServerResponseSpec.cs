namespace MockOperator.Resources;

/// <summary>The answer to every call while an outage is simulated.</summary>
public sealed record ServerResponseSpec
{
    /// <summary>HTTP status, 500 to 599.</summary>
    public int Status { get; init; }

    /// <summary>Headers by name.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Body as text; may hold <c>{{variables}}</c>.</summary>
    public string? Body { get; init; }
}
