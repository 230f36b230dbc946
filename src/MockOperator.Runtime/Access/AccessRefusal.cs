using System.Text.Encodings.Web;
using System.Text.Json;

namespace MockOperator.Runtime.Access;

/// <summary>The answers to callers that are not admitted: Postman's error shape, with the cure; made once for a mock.</summary>
internal sealed class AccessRefusal
{
    private AccessRefusal(int status, string name, string message, string header, string? challenge)
    {
        Status = status;
        Challenge = challenge;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("name", name);
            json.WriteString("message", message);
            json.WriteString("header", header);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        Body = buffer.WrittenMemory.ToArray();
    }

    /// <summary>HTTP status: 401, or 429 for a caller that has to wait.</summary>
    public int Status { get; }

    /// <summary>Value of <c>WWW-Authenticate</c>, which a 401 must have (RFC 9110 §15.5.2); null for another status.</summary>
    public string? Challenge { get; }

    /// <summary>The body, JSON.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Makes the refusal of each outcome.</summary>
    /// <param name="keyHeader">The header that carries keys.</param>
    /// <param name="bearer">Whether <c>Authorization: Bearer</c> does as well.</param>
    public static IReadOnlyDictionary<AccessOutcome, AccessRefusal> For(string keyHeader, bool bearer)
    {
        var challenge = $"ApiKey realm=\"mock\", header=\"{keyHeader}\"" + (bearer ? ", Bearer realm=\"mock\"" : "");
        var where = $"in the header {keyHeader}" + (bearer ? " or as Authorization: Bearer" : "");
        const string Source = "The keys are the entries of the Secret that spec.apiKeys.secretRef of the MockServer names (by default <mock>-api-keys).";
        return new Dictionary<AccessOutcome, AccessRefusal>
        {
            [AccessOutcome.KeyMissing] = new(401, "apiKeyMissingError", $"This mock is private: send one of its keys {where}. {Source}", "An API key is needed", challenge),
            [AccessOutcome.KeyUnknown] = new(401, "apiKeyUnknownError", $"What was sent {where} is not a key of this mock. {Source}", "The API key is wrong", challenge),
            [AccessOutcome.Closed] = new(
                401, "apiKeysUnavailableError", "This mock is private and has no usable keys, so it refuses every call. Its owner finds the reason in the status of the MockServer.", "No API key is valid", challenge),
            [AccessOutcome.Throttled] = new(
                429, "apiKeyAttemptsError", "Too many wrong keys came from this address. Wait for the time that Retry-After says, then send a right one.", "Too many wrong API keys", null),
        };
    }
}
