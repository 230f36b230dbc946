namespace MockOperator.Fuzzing.Soak;

/// <summary>What came of it.</summary>
/// <param name="Phases">What was seen of the process.</param>
/// <param name="Answered">Ordinary calls that were answered rightly.</param>
/// <param name="Failed">Ordinary calls that were not.</param>
/// <param name="Hostile">Hostile calls.</param>
/// <param name="Problem">The last thing that went wrong with an ordinary call; null when nothing did.</param>
/// <param name="Faults">Errors and stacks in the log; empty when there are none.</param>
internal sealed record SoakReport(IReadOnlyList<SoakPhase> Phases, long Answered, long Failed, long Hostile, string? Problem, string Faults)
{
    /// <summary>Whether every ordinary call was answered and nothing was written into the log.</summary>
    public bool IsClean => Failed == 0 && Faults.Length == 0;
}
