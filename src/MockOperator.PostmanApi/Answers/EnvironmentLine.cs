namespace MockOperator.PostmanApi.Answers;

/// <summary>An environment in a list.</summary>
internal sealed record EnvironmentLine
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }

    public required string Owner { get; init; }

    public required string Uid { get; init; }

    public required bool IsPublic { get; init; }
}
