namespace MockOperator.Client.Calls;

/// <summary>The ids that were seen last.</summary>
/// <param name="most">How many are remembered.</param>
internal sealed class RecentIds(int most)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Remembers an id; false when it is remembered already.</summary>
    public bool Add(string id)
    {
        if (!_ids.Add(id))
            return false;
        _order.Enqueue(id);
        if (_order.Count > most)
            _ids.Remove(_order.Dequeue());
        return true;
    }
}
