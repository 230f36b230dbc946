using System.Collections.Concurrent;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Operator.Control;

namespace MockOperator.Operator.Controllers;

/// <summary>The memories of all mocks that exist; those of deleted ones are dropped.</summary>
public sealed class MockMemories
{
    private readonly ConcurrentDictionary<ObjectKey, MockMemory> _memories = new();

    /// <summary>Number of mocks remembered.</summary>
    public int Count => _memories.Count;

    /// <summary>The memory of a mock, new if it is another one than before.</summary>
    public MockMemory Of(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ObjectKey key = ObjectKey.Of(mock);
        if (_memories.TryGetValue(key, out MockMemory? known))
        {
            if (known.Session.Uid == mock.Metadata.Uid)
            {
                return known;
            }

            known.Session.Dispose();
        }

        // One worker at a time has the key, so nobody else makes another.
        return _memories[key] = new MockMemory(new MockSession(mock.Metadata.NamespaceProperty, mock.Metadata.Name, mock.Metadata.Uid));
    }

    /// <summary>Forgets a mock, and ends what goes on with its pods.</summary>
    public void Forget(ObjectKey key)
    {
        if (_memories.TryRemove(key, out MockMemory? gone))
        {
            gone.Session.Dispose();
        }
    }
}
