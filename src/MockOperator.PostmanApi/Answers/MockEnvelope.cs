namespace MockOperator.PostmanApi.Answers;

/// <summary>One mock.</summary>
internal sealed record MockEnvelope(MockAnswer Mock);
