using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>What came of exposing a mock: its condition <c>Exposed</c>.</summary>
/// <param name="Status">Whether it is exposed.</param>
/// <param name="Reason">Why, as one word.</param>
/// <param name="Message">Why, for people.</param>
/// <param name="Url">Where it is found, when that can be told.</param>
public sealed record ExposureOutcome(ConditionStatus Status, string Reason, string Message, string? Url)
{
    /// <summary>Reason: what exposes the mock is applied, and nobody has said that it leads anywhere.</summary>
    public const string AddressPending = "AddressPending";

    /// <summary>It cannot be exposed as the spec asks for.</summary>
    public static ExposureOutcome Refused(string reason, string message, string? url = null) => new(ConditionStatus.False, reason, message, url);

    /// <summary>Everything is applied, and no controller has given it an address. Some never do, so it is not known whether the mock is reached.</summary>
    public static ExposureOutcome Pending(string message, string url) => new(ConditionStatus.Unknown, AddressPending, message, url);

    /// <summary>What the cluster says of it has yet to be read.</summary>
    /// <param name="kinds">Objects of which kind.</param>
    /// <param name="url">Where it is to be found.</param>
    public static ExposureOutcome Unread(string kinds, string url) =>
        new(ConditionStatus.Unknown, "RoutesUnknown", $"the operator has not read the {kinds} of this cluster yet; its log says why when that lasts", url);

    /// <summary>What is told of two ways to one mock, either of which may be missing: what fails, else what is not known, else both. People are given the URL of the first.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    public static ExposureOutcome? Of(ExposureOutcome? first, ExposureOutcome? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        ExposureOutcome told = Severity(second) > Severity(first) ? second : first;
        return told with { Url = first.Url ?? second.Url };
    }

    private static int Severity(ExposureOutcome outcome) => outcome.Status switch { ConditionStatus.False => 2, ConditionStatus.Unknown => 1, _ => 0 };
}
