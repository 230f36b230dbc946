namespace MockOperator.PostmanApi.Answers;

/// <summary>Names a collection that was written.</summary>
internal sealed record NamedCollection(Named Collection);
