namespace MockOperator.PostmanApi.Answers;

/// <summary>A header.</summary>
internal sealed record KeyValue(string Key, string Value);
