namespace MockOperator.Runtime.Quotas;

/// <summary>What a caller is told that a limit refuses.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Message">What the caller is told, with the cure.</param>
/// <param name="RetryAfterSeconds">When it may try again.</param>
internal sealed record CallRefusal(LimitReason Reason, string Message, long RetryAfterSeconds);
