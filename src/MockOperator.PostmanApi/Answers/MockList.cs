namespace MockOperator.PostmanApi.Answers;

/// <summary>Mocks.</summary>
internal sealed record MockList(IReadOnlyList<MockAnswer> Mocks);
