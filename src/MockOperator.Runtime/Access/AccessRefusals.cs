using MockOperator.Resources;

namespace MockOperator.Runtime.Access;

/// <summary>What callers are told that are not admitted, each with its cure; made once for a mock.</summary>
internal sealed class AccessRefusals
{
    private const string Source = "The keys are the entries of the Secret that spec.apiKeys.secretRef of the MockServer names (by default <mock>-api-keys).";

    private readonly AccessRefusal _missing;
    private readonly AccessRefusal _unknown;
    private readonly AccessRefusal _closed;

    /// <summary>Makes the answers of a mock.</summary>
    /// <param name="access">How its keys arrive.</param>
    public AccessRefusals(AccessDefinition access)
    {
        string challenge = $"ApiKey realm=\"mock\", header=\"{access.Header}\"" + (access.Bearer ? ", Bearer realm=\"mock\"" : "");
        string where = $"in the header {access.Header}" + (access.Bearer ? " or as Authorization: Bearer" : "");
        _missing = new AccessRefusal("apiKeyMissingError", $"This mock is private: send one of its keys {where}. {Source}", "An API key is needed", challenge);
        _unknown = new AccessRefusal("apiKeyUnknownError", $"What was sent {where} is not a key of this mock. {Source}", "The API key is wrong", challenge);
        _closed = new AccessRefusal(
            "apiKeysUnavailableError",
            "This mock is private and has no usable keys, so it refuses every call. Its owner finds the reason in the status of the MockServer.",
            "No API key is valid",
            challenge);
    }

    /// <summary>What to tell a caller who is not admitted for want of a key.</summary>
    /// <param name="outcome">The verdict.</param>
    public AccessRefusal Of(AccessOutcome outcome) => outcome switch
    {
        AccessOutcome.KeyMissing => _missing,
        AccessOutcome.KeyUnknown => _unknown,
        _ => _closed,
    };
}
