namespace MockOperator.Runtime.Quotas;

/// <summary>Why a limit refuses a call.</summary>
internal enum LimitReason
{
    /// <summary><c>rate_limit</c>: too many calls in a short time.</summary>
    RateLimit,

    /// <summary><c>quota</c>: a quota is used up.</summary>
    Quota,

    /// <summary><c>no_grant</c>: a quota may not be used up, but the operator grants nothing.</summary>
    NoGrant,
}
