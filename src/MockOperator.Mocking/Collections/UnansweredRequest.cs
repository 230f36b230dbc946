namespace MockOperator.Mocking.Collections;

/// <summary>A saved request that has no example.</summary>
/// <param name="Request">The request.</param>
/// <param name="Scope">The variables around it.</param>
public sealed record UnansweredRequest(ExampleRequest Request, VariableScope Scope);
