namespace MockOperator.PostmanApi.Answers;

/// <summary>One environment.</summary>
internal sealed record EnvironmentEnvelope(EnvironmentAnswer Environment);
