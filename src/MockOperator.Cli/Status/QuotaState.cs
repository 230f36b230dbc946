namespace MockOperator.Cli.Status;

/// <summary>A quota that covers a mock.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Period">The period that is counted, such as <c>2026-11</c>.</param>
/// <param name="Used">Calls of all its mocks.</param>
/// <param name="OfThisMock">Calls of this mock; null when it is not told.</param>
/// <param name="Limit">Calls that may be answered.</param>
/// <param name="ResetsAt">When the period ends.</param>
internal sealed record QuotaState(string Name, string? Period, long Used, long? OfThisMock, long Limit, DateTimeOffset? ResetsAt);
