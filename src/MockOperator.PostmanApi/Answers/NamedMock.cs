namespace MockOperator.PostmanApi.Answers;

/// <summary>Names a mock that was written.</summary>
internal sealed record NamedMock(Named Mock);
