using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Serving;

/// <summary>
/// Chance that decides about a call rather than about values in its answer. A call that brings a seed (<see cref="ValueSource.SeedHeader"/>) has always the same; else the calls of a mock with a seed have
/// the same one after the other whenever it is loaded, for if every call had the same, a share of calls would be all or none; else nobody can tell. Allocates nothing.
/// </summary>
/// <param name="seed">Seed of the mock; null for none.</param>
/// <param name="purpose">Sets chances for different things apart, so that one says nothing of another.</param>
internal sealed class CallChance(long? seed, ulong purpose)
{
    /// <summary>How long an answer waits.</summary>
    internal const ulong OfDelay = 0xD1B54A32D192ED03;

    /// <summary>Whether a call gets the server response.</summary>
    internal const ulong OfOutage = 0x8CB92BA72F3D8DD7;

    private const ulong OfCall = 0x9E3779B97F4A7C15;

    private ulong _calls;

    /// <summary>The random numbers of one call.</summary>
    internal RandomStream Open(IRequestHeaders headers) =>
        ValueSource.TryReadSeed(headers, out long own) ? RandomStream.FromSeed((long)((ulong)own ^ purpose))
        : seed is { } ofMock ? RandomStream.FromSeed((long)(((ulong)ofMock ^ purpose) + (Interlocked.Increment(ref _calls) * OfCall)))
        : RandomStream.Unpredictable();
}
