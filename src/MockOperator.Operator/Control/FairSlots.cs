namespace MockOperator.Operator.Control;

/// <summary>
/// A bounded number of turns, shared among namespaces: one may hold at most as many as are still free, so that it never takes the last from others, however many of
/// its pods are silent. Alone it gets half; a turn that is given back goes to the namespace that holds the fewest. Safe to use from many threads.
/// </summary>
/// <param name="count">Number of turns in all.</param>
internal sealed class FairSlots(int count)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private int _free = count;

    /// <summary>Waits for a turn.</summary>
    /// <param name="ns">The namespace that takes it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The turn, given back by disposing of it once.</returns>
    public async Task<IDisposable> TakeAsync(string ns, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (!_shares.TryGetValue(ns, out Share? share))
            {
                _shares[ns] = share = new Share();
            }

            place = share.Waiting.AddLast(waiter);
            Grant();
        }

        using (cancellation.UnsafeRegister(_ => Leave(ns, place, cancellation), null))
        {
            await waiter.Task;
        }

        return new Turn(this, ns);
    }

    private void Leave(string ns, LinkedListNode<TaskCompletionSource> place, CancellationToken cancellation)
    {
        lock (_gate)
        {
            // One that has its turn already keeps it, and gives it back as ever.
            if (place.List is { } waiting)
            {
                waiting.Remove(place);
                place.Value.SetCanceled(cancellation);
                Drop(ns);
            }
        }
    }

    private void GiveBack(string ns)
    {
        lock (_gate)
        {
            _free++;
            _shares[ns].Held--;
            Drop(ns);
            Grant();
        }
    }

    private void Grant()
    {
        while (_free > 0 && Next() is { } share)
        {
            TaskCompletionSource first = share.Waiting.First!.Value;
            share.Waiting.RemoveFirst();
            share.Held++;
            _free--;
            first.SetResult();
        }
    }

    private Share? Next()
    {
        Share? next = null;
        foreach (Share share in _shares.Values)
        {
            if (share.Waiting.Count > 0 && share.Held < _free && (next is null || share.Held < next.Held))
            {
                next = share;
            }
        }

        return next;
    }

    private void Drop(string ns)
    {
        if (_shares[ns] is { Held: 0, Waiting.Count: 0 })
        {
            _shares.Remove(ns);
        }
    }

    private sealed class Share
    {
        public int Held { get; set; }

        public LinkedList<TaskCompletionSource> Waiting { get; } = new();
    }

    private sealed class Turn(FairSlots slots, string ns) : IDisposable
    {
        public void Dispose() => slots.GiveBack(ns);
    }
}
