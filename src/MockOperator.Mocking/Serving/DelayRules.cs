using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>How long an answer waits: the request's header, else the example's own delay, else the mock's.</summary>
internal sealed class DelayRules
{
    /// <summary>Asks for a delay of its own, 1 to 180,000 ms; what is no such number is ignored.</summary>
    internal const string RequestHeader = "x-mock-response-delay";

    /// <summary>Longest delay in milliseconds.</summary>
    internal const int MaxMilliseconds = 180_000;

    private readonly TimeSpan _ofMock;

    /// <summary>Reads the delay of a mock.</summary>
    internal DelayRules(DelaySpec? spec)
    {
        int milliseconds = spec?.Milliseconds ?? spec?.Preset switch
        {
            DelayPreset.TwoG => 300,
            DelayPreset.ThreeG => 100,
            _ => 0,
        };
        _ofMock = TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, MaxMilliseconds));
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

        return ofExample is int own ? TimeSpan.FromMilliseconds(Math.Clamp(own, 0, MaxMilliseconds)) : _ofMock;
    }
}
