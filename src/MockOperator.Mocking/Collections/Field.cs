namespace MockOperator.Mocking.Collections;

/// <summary>A name with a value: a header, a form field.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Value">Value as written.</param>
public readonly record struct Field(string Name, string Value);
