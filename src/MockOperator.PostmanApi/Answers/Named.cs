namespace MockOperator.PostmanApi.Answers;

/// <summary>What names a thing; what is null is left out.</summary>
internal sealed record Named
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Uid { get; init; }

    public string? Description { get; init; }

    public bool? Deactivated { get; init; }
}
