namespace MockOperator.Runtime.Access;

/// <summary>The decision on one caller.</summary>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Entry">The key that was shown, when it is one of the mock's.</param>
/// <param name="RetryAfter">How long a throttled caller has to wait.</param>
internal readonly record struct AccessVerdict(AccessOutcome Outcome, ApiKeyEntry? Entry, TimeSpan RetryAfter);
