using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>What came of exposing a mock: its condition <c>Exposed</c>.</summary>
/// <param name="Status">Whether it is exposed.</param>
/// <param name="Reason">Why, as one word.</param>
/// <param name="Message">Why, for people.</param>
/// <param name="Url">Where it is found, when that can be told.</param>
public sealed record ExposureOutcome(ConditionStatus Status, string Reason, string Message, string? Url)
{
    /// <summary>It cannot be exposed as the spec asks for.</summary>
    public static ExposureOutcome Refused(string reason, string message, string? url = null) => new(ConditionStatus.False, reason, message, url);
}
