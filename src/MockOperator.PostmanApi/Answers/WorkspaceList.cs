namespace MockOperator.PostmanApi.Answers;

/// <summary>Workspaces, and where the next ones begin.</summary>
internal sealed record WorkspaceList(IReadOnlyList<WorkspaceAnswer> Workspaces, WorkspaceList.Bounds? Meta)
{
    internal sealed record Bounds(string? NextCursor);
}
