using System.Collections.Frozen;
using MockOperator.Resources;

namespace MockOperator.Runtime.Calls;

/// <summary>What a mock says about remembering its calls, read once.</summary>
internal sealed class CallLogSettings
{
    private const int BytesOfTruncated = 4 * 1024;

    private static readonly string[] s_alwaysMasked =
        ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "x-api-key", "apikey", "api-key", "WWW-Authenticate", "Authentication-Info"];

    private readonly FrozenSet<string> _masked;

    private CallLogSettings(CallLogSpec spec, string keyHeader)
    {
        Keep = spec.Keep ?? CallKeeping.All;
        Entries = spec.Entries ?? CallLogRules.DefaultEntries;
        Bytes = spec.Bytes is { } bytes && CallLogRules.TryReadBytes(bytes, out int read) ? read : CallLogRules.DefaultBytes;
        BodyBytes = (spec.Bodies ?? CallBodies.Truncated) switch
        {
            CallBodies.None => 0,
            CallBodies.Truncated => BytesOfTruncated,
            _ => MostOfEntry,
        };
        IsPrinted = spec.Stdout ?? false;
        _masked = s_alwaysMasked.Append(keyHeader).Concat(spec.RedactHeaders ?? []).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Which calls are remembered.</summary>
    public CallKeeping Keep { get; }

    /// <summary>Most calls.</summary>
    public int Entries { get; }

    /// <summary>Most bytes of all of them.</summary>
    public int Bytes { get; }

    /// <summary>Most bytes of one: a few large ones do not make all others go.</summary>
    public int MostOfEntry => Bytes / 4;

    /// <summary>Most bytes that are remembered of a body.</summary>
    public int BodyBytes { get; }

    /// <summary>Whether they are written to the log of the pod as well.</summary>
    public bool IsPrinted { get; }

    /// <summary>Reads a spec that was checked.</summary>
    /// <param name="spec">The spec; null for the defaults.</param>
    /// <param name="keyHeader">The header that carries keys of the mock.</param>
    public static CallLogSettings Of(CallLogSpec? spec, string keyHeader) => new(spec ?? new CallLogSpec(), keyHeader);

    /// <summary>Whether the value of a header is nobody's business.</summary>
    public bool Masks(string header) => _masked.Contains(header);
}
