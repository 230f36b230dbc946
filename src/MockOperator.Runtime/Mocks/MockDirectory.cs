namespace MockOperator.Runtime.Mocks;

/// <summary>Holds the table of mocks that are served now. One writer replaces it as a whole; requests read it without a lock.</summary>
internal sealed class MockDirectory
{
    private HostTable _table = HostTable.Empty;

    /// <summary>The table. Read it once per request.</summary>
    public HostTable Table
    {
        get => Volatile.Read(ref _table);
        set => Volatile.Write(ref _table, value);
    }
}
