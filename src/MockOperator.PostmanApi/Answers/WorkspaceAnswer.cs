namespace MockOperator.PostmanApi.Answers;

/// <summary>A workspace, which is a namespace; in a list without what is in it.</summary>
internal sealed record WorkspaceAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Type { get; } = "team";

    public string Visibility { get; } = "team";

    public required string CreatedBy { get; init; }

    public string? UpdatedBy { get; init; }

    public required string About { get; init; }

    public string? Description { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }

    public IReadOnlyList<Named>? Collections { get; init; }

    public IReadOnlyList<Named>? Environments { get; init; }

    public IReadOnlyList<Named>? Mocks { get; init; }

    public IReadOnlyList<Named>? Monitors { get; init; }

    public IReadOnlyList<Named>? Specs { get; init; }
}
