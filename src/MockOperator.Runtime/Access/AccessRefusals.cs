using MockOperator.Resources;
using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Access;

/// <summary>The answers to callers that are not admitted, each with its cure; made once for a mock.</summary>
internal sealed class AccessRefusals
{
    private const string Source = "The keys are the entries of the Secret that spec.apiKeys.secretRef of the MockServer names (by default <mock>-api-keys).";

    private readonly ErrorAnswer _missing;
    private readonly ErrorAnswer _unknown;
    private readonly ErrorAnswer _closed;

    /// <summary>Makes the answers of a mock.</summary>
    /// <param name="access">How its keys arrive.</param>
    public AccessRefusals(AccessDefinition access)
    {
        string challenge = $"ApiKey realm=\"mock\", header=\"{access.Header}\"" + (access.Bearer ? ", Bearer realm=\"mock\"" : "");
        string where = $"in the header {access.Header}" + (access.Bearer ? " or as Authorization: Bearer" : "");
        _missing = ErrorAnswer.Unauthorized("apiKeyMissingError", $"This mock is private: send one of its keys {where}. {Source}", "An API key is needed", challenge);
        _unknown = ErrorAnswer.Unauthorized("apiKeyUnknownError", $"What was sent {where} is not a key of this mock. {Source}", "The API key is wrong", challenge);
        _closed = ErrorAnswer.Unauthorized(
            "apiKeysUnavailableError",
            "This mock is private and has no usable keys, so it refuses every call. Its owner finds the reason in the status of the MockServer.",
            "No API key is valid",
            challenge);
    }

    /// <summary>The answer to a verdict; null when the caller is admitted.</summary>
    /// <param name="outcome">The verdict.</param>
    public ErrorAnswer? Of(AccessOutcome outcome) => outcome switch
    {
        AccessOutcome.Admitted => null,
        AccessOutcome.KeyMissing => _missing,
        AccessOutcome.KeyUnknown => _unknown,
        AccessOutcome.Throttled => ErrorAnswer.TooManyKeys,
        _ => _closed,
    };
}
