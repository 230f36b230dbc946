namespace MockOperator.PostmanApi.Answers;

/// <summary>One workspace.</summary>
internal sealed record WorkspaceEnvelope(WorkspaceAnswer Workspace);
