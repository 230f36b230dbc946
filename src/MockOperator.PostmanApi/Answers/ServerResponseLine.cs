namespace MockOperator.PostmanApi.Answers;

/// <summary>A server response in a list.</summary>
internal sealed record ServerResponseLine
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required int StatusCode { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required string UpdatedBy { get; init; }
}
