namespace MockOperator.Mocking.Collections;

/// <summary>An enabled query parameter of a saved request, decoded or not as the document has it.</summary>
/// <param name="Key">Key; empty for a parameter without one.</param>
/// <param name="Value">Value; null for <c>?flag</c>, which is told apart from <c>?flag=</c>.</param>
public readonly record struct QueryParameter(string Key, string? Value);
