namespace MockOperator.Runtime.Quotas;

/// <summary>
/// The allotments of a mock that were closed lately: told until the operator has heard of them, and remembered after that, because a quota that comes back in the same period goes on with the
/// same books. The oldest are forgotten.
/// </summary>
internal sealed class ClosedAllotments
{
    /// <summary>How many are remembered.</summary>
    public const int Capacity = 16;

    private readonly List<Allotment> _closed = [];

    /// <summary>
    /// The number of the report that told of the last one that is forgotten. Whoever has not heard of that may grant what was given back long ago, so what it says is not taken.
    /// </summary>
    public long Forgotten { get; private set; }

    /// <summary>Those that the operator has not heard of.</summary>
    /// <param name="heard">The last report that it has heard.</param>
    public IEnumerable<Allotment> Untold(long heard) => _closed.Where(closed => closed.ChangeToldIn > heard);

    /// <summary>Remembers one, unless nothing was ever granted or answered: there is nothing to tell of it.</summary>
    public void Add(Allotment closed)
    {
        if (closed.Period.Length == 0 || (closed.Granted == 0 && closed.Unspent == 0))
        {
            return;
        }

        if (_closed.Count == Capacity)
        {
            // One that nobody was told of is forgotten last; then the operator goes on counting what it held as held.
            Allotment oldest = _closed.FirstOrDefault(static told => told.ChangeToldIn != long.MaxValue) ?? _closed[0];
            _closed.Remove(oldest);
            if (oldest.ChangeToldIn != long.MaxValue)
            {
                Forgotten = Math.Max(Forgotten, oldest.ChangeToldIn);
            }
        }

        _closed.Add(closed);
    }

    /// <summary>Finds the closed books of a quota and period.</summary>
    public Allotment? Find(string quota, string period) => _closed.Find(closed => closed.Quota.Uid == quota && closed.Period == period);

    /// <summary>Forgets books that are open again.</summary>
    public void Remove(Allotment closed) => _closed.Remove(closed);
}
