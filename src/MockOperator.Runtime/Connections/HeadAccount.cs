using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// What the head of a connection's request takes of a budget, from its first byte until the request has ended: the server keeps what it has read of it, and makes text of it, twice as long. Heads of
/// ordinary length take nothing. Used by whoever serves the connection; what is left of a body may still be read by another thread while its request ends, and whatever is taken then is given back once.
/// </summary>
/// <param name="budget">The budget of all heads; null where they are short enough to need none.</param>
/// <param name="makeRoom">Has somebody else who is waited for give up what its head takes; false when there is nobody.</param>
/// <param name="refuse">Ends the connection.</param>
internal sealed class HeadAccount(MemoryBudget? budget, Func<bool> makeRoom, Action refuse)
{
    /// <summary>Heads up to here take nothing.</summary>
    public const int FreeBytes = 1024;

    /// <summary>The server takes no longer head. What is longer is the rest of a body that nobody wanted, which it reads and forgets.</summary>
    public const int MostBytes = 96 * 1024;

    private const int LeastTaken = 4 * 1024;
    private const int MemoryOfByte = 2;

    private long _read;
    private int _taken;

    /// <summary>Whether what is read belongs to a head.</summary>
    public bool IsOpen { get; private set; } = budget is not null;

    /// <summary>Bytes that are taken of the budget. Read by other threads, too.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Notes what has come and is not worked on yet.</summary>
    /// <param name="bytes">Bytes, beside those that are worked on.</param>
    public void Arrived(long bytes)
    {
        long held = _read + bytes;
        if (_read > MostBytes)
        {
            GiveBack();
            return;
        }

        int taken = _taken;
        if (held <= FreeBytes || held * MemoryOfByte <= taken)
        {
            return;
        }

        // Whoever makes room does so in a moment; until then the budget is exceeded by what that one still holds.
        int more = Wanted(held) - taken;
        if (!budget!.TryTake(more, held) && !(makeRoom() && budget.TryTakeInAdvance(more)))
        {
            refuse();
            return;
        }

        Interlocked.Add(ref _taken, more);
    }

    /// <summary>Notes what was worked on.</summary>
    public void Consumed(long bytes) => _read += bytes;

    /// <summary>The head is whole, and a request begins. What came along with it and belongs to the body takes nothing here.</summary>
    public void Close()
    {
        IsOpen = false;
        int taken = _taken;
        if (taken > 0)
        {
            int more = taken - Math.Min(taken, Wanted(_read));
            budget!.Return(more);
            Interlocked.Add(ref _taken, -more);
        }
    }

    /// <summary>The request has ended; what comes from now on is the head of the next.</summary>
    public void Reopen()
    {
        GiveBack();
        _read = 0;
        IsOpen = budget is not null;
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack()
    {
        if (_taken > 0)
        {
            budget!.Return(Interlocked.Exchange(ref _taken, 0));
        }
    }

    /// <summary>What a head takes: in steps of twice as much, so that a long one asks a few times only.</summary>
    private static int Wanted(long held)
    {
        if (held <= FreeBytes)
        {
            return 0;
        }

        int wanted = LeastTaken;
        while (wanted < held * MemoryOfByte)
        {
            wanted *= 2;
        }

        return wanted;
    }
}
