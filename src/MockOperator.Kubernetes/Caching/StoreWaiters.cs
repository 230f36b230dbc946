namespace MockOperator.Kubernetes.Caching;

/// <summary>Those who wait for a store to have come so far. Guarded by the store's lock, except for the waiting itself.</summary>
internal sealed class StoreWaiters<T>(TimeProvider time)
{
    private readonly LinkedList<(Func<bool> Holds, TaskCompletionSource<bool> Done)> _waiting = new();

    /// <summary>Waits until a condition on the store holds; called, and the condition judged, under the store's lock.</summary>
    public Task<bool> WaitAsync(Func<bool> holds, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.AddLast((holds, done));
        return AwaitAsync(done, timeout, cancellationToken);
    }

    /// <summary>Lets those go whose condition now holds, and forgets those that gave up.</summary>
    public void Wake()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Done.Task.IsCompleted || node.Value.Holds())
            {
                _waiting.Remove(node);
                node.Value.Done.TrySetResult(true);
            }

            node = next;
        }
    }

    private async Task<bool> AwaitAsync(TaskCompletionSource<bool> done, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await done.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            // Marks the entry as given up, so that the next Wake forgets it.
            done.TrySetResult(false);
        }
    }
}
