using System.Net;
using MockOperator.Resources;

namespace MockOperator.Runtime.Access;

/// <summary>
/// Decides who may call a mock, and takes the key out of the request, so that nothing after it (matching, templates, logs) ever sees it. A public mock loses
/// a key of its own as well: clients of a mock that was private a moment ago go on sending theirs. Anything else in that header belongs to the mocked API and stays.
/// </summary>
internal sealed class ApiKeyGate(AccessDefinition access, ApiKeyRing ring)
{
    private const string BearerScheme = "Bearer ";

    /// <summary>Whether requests must pass here at all: not those of a public mock without keys.</summary>
    public bool IsNeeded => access.Private || !ring.Entries.IsEmpty;

    /// <summary>Whether callers must show a key.</summary>
    public bool IsPrivate => access.Private;

    /// <summary>Why a private mock admits nobody; null when it does, and for a public one.</summary>
    public string? Problem => access.Private ? ring.Problem : null;

    /// <summary>Where the keys are mounted, below the secrets directory of the pod.</summary>
    public string SecretDirectory => access.SecretDirectory;

    /// <summary>What is answered to callers that are not admitted.</summary>
    public AccessRefusals Refusals { get; } = new(access);

    /// <summary>The keys.</summary>
    public ApiKeyRing Ring => ring;

    /// <summary>The same gate with other keys.</summary>
    public ApiKeyGate With(ApiKeyRing keys) => new(access, keys);

    /// <summary>Judges a caller. Allocates nothing.</summary>
    /// <param name="headers">Headers of the request; the key is removed from them.</param>
    /// <param name="client">Address of the caller.</param>
    /// <param name="throttle">What is remembered of addresses.</param>
    /// <param name="timestamp">When the request began.</param>
    public AccessVerdict Judge(IHeaderDictionary headers, IPAddress? client, FailureThrottle throttle, long timestamp)
    {
        if (!access.Private)
        {
            if (!ring.Entries.IsEmpty)
                TakeKey(headers, out _);
            return new AccessVerdict(AccessOutcome.Admitted, null, TimeSpan.Zero);
        }

        var entry = TakeKey(headers, out var shown);
        if (ring.Problem is not null)
            return new AccessVerdict(AccessOutcome.Closed, null, TimeSpan.Zero);
        if (!shown)
            return new AccessVerdict(AccessOutcome.KeyMissing, null, TimeSpan.Zero);
        if (!throttle.Admits(client, entry is not null, timestamp, out var retryAfter))
            return new AccessVerdict(AccessOutcome.Throttled, null, retryAfter);
        return new AccessVerdict(entry is null ? AccessOutcome.KeyUnknown : AccessOutcome.Admitted, entry, TimeSpan.Zero);
    }

    private ApiKeyEntry? TakeKey(IHeaderDictionary headers, out bool shown)
    {
        shown = false;
        if (headers.TryGetValue(access.Header, out var values) && values.Count > 0)
        {
            shown = true;
            // More than one value is nobody's key: taking either would let a proxy and the mock disagree on who called.
            var entry = values.Count == 1 ? ring.Find(values[0]) : null;
            if (entry is not null || access.Private)
                headers.Remove(access.Header);
            if (entry is not null || !access.Bearer)
                return entry;
        }

        if (!access.Bearer || headers.Authorization is not [{ } authorization] || !authorization.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase))
            return null;

        shown = true;
        var bearer = ring.Find(authorization.AsSpan(BearerScheme.Length));
        if (bearer is not null)
            headers.Authorization = default;
        return bearer;
    }
}
