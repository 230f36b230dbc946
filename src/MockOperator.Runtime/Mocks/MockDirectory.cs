using MockOperator.Runtime.Calls;

namespace MockOperator.Runtime.Mocks;

/// <summary>Holds the table of mocks that are served now. One writer replaces it as a whole; requests read it without a lock.</summary>
/// <param name="journals">Where the mocks write their calls; null for journals of the usual size.</param>
internal sealed class MockDirectory(CallJournals? journals = null)
{
    private HostTable _table = HostTable.Empty;

    /// <summary>Where the mocks write their calls.</summary>
    public CallJournals Journals { get; } = journals ?? new CallJournals(CallJournals.Share, Random.Shared);

    /// <summary>The table. Read it once per request.</summary>
    public HostTable Table
    {
        get => Volatile.Read(ref _table);
        set => Volatile.Write(ref _table, value);
    }
}
