using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>How long an answer waits: the request's header, else the example's own delay, else the mock's.</summary>
internal sealed class CallDelay
{
    /// <summary>Asks for a delay of its own, 1 to 180,000 ms; what is no such number is ignored.</summary>
    internal const string RequestHeader = "x-mock-response-delay";

    /// <summary>Longest delay in milliseconds.</summary>
    internal const int MaxMilliseconds = 180_000;

    private readonly int _shortest;
    private readonly int _longest;
    private readonly CallChance _chance;

    /// <summary>Reads the delay of a mock.</summary>
    /// <param name="spec">The delay; null for none.</param>
    /// <param name="seed">Seed of the mock.</param>
    internal CallDelay(DelaySpec? spec, long? seed)
    {
        _shortest = Milliseconds(spec?.Min) ?? Milliseconds(spec?.Fixed) ?? spec?.Preset switch
        {
            DelayPreset.TwoG => 300,
            DelayPreset.ThreeG => 100,
            _ => 0,
        };
        _longest = Math.Max(_shortest, Milliseconds(spec?.Max) ?? _shortest);
        _chance = new CallChance(seed, CallChance.OfDelay);
    }

    /// <summary>The delay of one answer.</summary>
    /// <param name="headers">Headers of the request.</param>
    /// <param name="ofExample">Delay of the example in milliseconds; null when it has none of its own.</param>
    internal TimeSpan For(IRequestHeaders headers, int? ofExample)
    {
        if (headers.MayChoose
            && headers.TryGetValue(RequestHeader, out string? text)
            && int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
            && milliseconds is >= 1 and <= MaxMilliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return TimeSpan.FromMilliseconds(
            ofExample is int own ? Math.Clamp(own, 0, MaxMilliseconds)
            : _shortest == _longest ? _shortest
            : _chance.Open(headers).Between(_shortest, _longest));
    }

    private static int? Milliseconds(string? text) => DelayRules.TryRead(text, out TimeSpan delay) ? (int)delay.TotalMilliseconds : null;
}
