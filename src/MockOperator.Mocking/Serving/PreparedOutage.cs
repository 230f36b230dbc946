using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>The server response that is active, ready to send, and which calls get it.</summary>
/// <param name="response">The answer.</param>
/// <param name="share">Percentage of the calls that get it; null for all.</param>
/// <param name="seed">Seed of the mock.</param>
internal sealed class PreparedOutage(PreparedResponse response, int? share, long? seed)
{
    private readonly int _share = share ?? ServerResponseRules.WholeShare;
    private readonly CallChance _chance = new(seed, CallChance.OfOutage);

    /// <summary>The answer.</summary>
    internal PreparedResponse Response => response;

    /// <summary>Whether every call gets it.</summary>
    internal bool IsWhole => _share >= ServerResponseRules.WholeShare;

    /// <summary>Draws whether a call gets it.</summary>
    internal bool Meets(IRequestHeaders headers) => _chance.Open(headers).Below(ServerResponseRules.WholeShare) < _share;
}
