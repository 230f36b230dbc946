namespace MockOperator.Fuzzing.Engine;

/// <summary>What came of a search.</summary>
/// <param name="Target">In which target.</param>
/// <param name="Inputs">Inputs that were read.</param>
/// <param name="Kept">Inputs that took a new branch, and were built upon.</param>
/// <param name="Branches">Pairs of branches that were taken; 0 without instrumentation.</param>
/// <param name="Findings">Inputs that broke a promise, one for each way of breaking it.</param>
internal sealed record FuzzReport(string Target, long Inputs, int Kept, int Branches, IReadOnlyList<Finding> Findings);
