namespace MockOperator.Mocking.Matching;

/// <summary>The example that answers a call.</summary>
/// <param name="Winner">The example; null when none fits.</param>
/// <param name="Score">Its score; 0 when it was chosen by name or id.</param>
/// <param name="IsSimilar">Whether the last resort was taken, because no path fitted otherwise.</param>
/// <param name="PathFitted">Whether the path of any example fitted, or the call chose by name or id.</param>
internal readonly record struct Selection(Candidate? Winner, double Score, bool IsSimilar, bool PathFitted);
