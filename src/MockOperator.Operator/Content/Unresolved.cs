namespace MockOperator.Operator.Content;

/// <summary>Why something that a spec refers to could not be had.</summary>
/// <param name="Reason">A stable CamelCase word, for the condition.</param>
/// <param name="Message">What is missing or wrong, where, and what to do.</param>
public sealed record Unresolved(string Reason, string Message)
{
    /// <summary>Whether it is tried again and may pass without an edit, though what has this reason does not as a rule.</summary>
    public bool MayPass { get; init; }
}
