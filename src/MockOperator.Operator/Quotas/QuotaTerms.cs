namespace MockOperator.Operator.Quotas;

/// <summary>What the spec of a quota asks for, as it is kept.</summary>
/// <param name="Calls">Calls in a period.</param>
/// <param name="Calendar">The period that it is at a time.</param>
/// <param name="WarnAt">Percentages at which it warns.</param>
/// <param name="Generation">The generation of the object that says so.</param>
/// <param name="CoveredMocks">Number of mocks that it covers.</param>
/// <param name="Problem">What is wrong with the spec; null when nothing is. What it asked for before is kept then.</param>
public sealed record QuotaTerms(long Calls, Func<DateTimeOffset, QuotaWindow> Calendar, IReadOnlyList<int> WarnAt, long? Generation, int CoveredMocks, string? Problem);
