using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Caching;

/// <summary>One change of a store's content.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <param name="Kind">What happened.</param>
/// <param name="Key">The object.</param>
/// <param name="Old">What the store had; null when added.</param>
/// <param name="New">What the store has; null when deleted.</param>
/// <param name="IsInitial">Whether it comes from the first list of a namespace, not from something that happened.</param>
public sealed record StoreChange<T>(StoreChangeKind Kind, ObjectKey Key, T? Old, T? New, bool IsInitial)
    where T : class
{
    /// <summary>The newest state known: the new one, or of a deleted object the last.</summary>
    public T Current => New ?? Old!;

    /// <summary>The states that this change touches: old and new. An event must wake what the object belonged to before, too.</summary>
    public IEnumerable<T> States
    {
        get
        {
            if (Old is not null)
                yield return Old;
            if (New is not null)
                yield return New;
        }
    }
}
