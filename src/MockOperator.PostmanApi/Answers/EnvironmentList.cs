namespace MockOperator.PostmanApi.Answers;

/// <summary>Environments.</summary>
internal sealed record EnvironmentList(IReadOnlyList<EnvironmentLine> Environments);
