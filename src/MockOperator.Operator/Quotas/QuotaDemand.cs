namespace MockOperator.Operator.Quotas;

/// <summary>What a process that serves a mock needs of a quota, by its last word.</summary>
/// <param name="Mock">Name of the mock.</param>
/// <param name="Pod">UID of the pod.</param>
/// <param name="Instance">The process.</param>
/// <param name="Rate">Calls in a second that came lately.</param>
/// <param name="IsWanting">Whether it needs more.</param>
/// <param name="CanBeRecalled">Whether it answers: what it holds can be asked back.</param>
public readonly record struct QuotaDemand(string Mock, string Pod, string Instance, double Rate, bool IsWanting, bool CanBeRecalled);
