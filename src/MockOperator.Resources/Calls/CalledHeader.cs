namespace MockOperator.Resources;

/// <summary>A header of a call.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; <c>***</c> where it is masked.</param>
public sealed record CalledHeader(string Name, string Value);
