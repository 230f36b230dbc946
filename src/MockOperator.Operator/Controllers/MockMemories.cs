using System.Collections.Concurrent;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Operator.Kinds;

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
        return _memories.AddOrUpdate(
            ObjectKey.Of(mock),
            static (_, uid) => new MockMemory(uid),
            static (_, memory, uid) => memory.Uid == uid ? memory : new MockMemory(uid),
            mock.Metadata.Uid);
    }

    /// <summary>Forgets a mock.</summary>
    public void Forget(ObjectKey key) => _memories.TryRemove(key, out _);
}
