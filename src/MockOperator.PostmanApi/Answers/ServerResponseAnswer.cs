namespace MockOperator.PostmanApi.Answers;

/// <summary>A server response. What is null is left out: clients refuse a language that is null.</summary>
internal sealed record ServerResponseAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required int StatusCode { get; init; }

    public required IReadOnlyList<KeyValue> Headers { get; init; }

    public required string Language { get; init; }

    public required string Body { get; init; }

    public required string CreatedAt { get; init; }

    /// <summary>Not told of one that was deleted.</summary>
    public string? UpdatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required string UpdatedBy { get; init; }

    /// <summary>Id of the mock; not told of one that was deleted.</summary>
    public string? Mock { get; init; }
}
