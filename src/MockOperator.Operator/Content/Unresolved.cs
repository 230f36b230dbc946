namespace MockOperator.Operator.Content;

/// <summary>Why something that a spec refers to could not be had.</summary>
/// <param name="Reason">A stable CamelCase word, for the condition.</param>
/// <param name="Message">What is missing or wrong, where, and what to do.</param>
public sealed record Unresolved(string Reason, string Message);
