using Microsoft.AspNetCore.Http.Features;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Requests;

/// <summary>
/// The clients that do not take their answers as fast as they come, oldest first, and the memory that waits for them. When it is used up, the one that has been waited for
/// longest is cut off to make room for another. Thread-safe.
/// </summary>
internal sealed class SlowReaders(MemoryBudget budget)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<SlowReader> _oldestFirst = [];

    /// <summary>Clients that are waited for.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _oldestFirst.Count;
            }
        }
    }

    /// <summary>Notes that bytes wait for a client.</summary>
    /// <param name="client">The client's request.</param>
    /// <param name="bytes">So many.</param>
    /// <returns>What <see cref="Leave"/> takes; null when there is no memory for it, and nobody left who could make room.</returns>
    public LinkedListNode<SlowReader>? Enter(IHttpRequestLifetimeFeature client, int bytes)
    {
        while (!budget.TryTake(bytes, bytes))
        {
            SlowReader? oldest = TakeOldest();
            if (oldest is null)
            {
                return null;
            }

            budget.Return(oldest.Bytes);
            oldest.Client.Abort();
        }

        lock (_lock)
        {
            return _oldestFirst.AddLast(new SlowReader(client, bytes));
        }
    }

    /// <summary>Notes that the client has read, or is gone.</summary>
    public void Leave(LinkedListNode<SlowReader> reader)
    {
        lock (_lock)
        {
            if (reader.List is null)
            {
                return;
            }

            _oldestFirst.Remove(reader);
        }

        budget.Return(reader.Value.Bytes);
    }

    private SlowReader? TakeOldest()
    {
        lock (_lock)
        {
            if (_oldestFirst.First is not { } oldest)
            {
                return null;
            }

            _oldestFirst.RemoveFirst();
            return oldest.Value;
        }
    }
}
