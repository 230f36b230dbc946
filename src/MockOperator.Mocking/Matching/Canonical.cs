namespace MockOperator.Mocking.Matching;

/// <summary>
/// Gives equal values one instance: segments and headers repeat with every example. A fixed table where a newcomer takes the place of what it collides with, so that it
/// never grows. Only while compiling.
/// </summary>
/// <typeparam name="T">The values; immutable.</typeparam>
internal sealed class Canonical<T>(IEqualityComparer<T> equality)
    where T : class
{
    private const int Slots = 1024;

    private readonly T?[] _slots = new T?[Slots];

    /// <summary>The instance for a value: the value itself when no equal one is known.</summary>
    internal T Of(T value)
    {
        ref T? slot = ref _slots[equality.GetHashCode(value) & (Slots - 1)];
        if (slot is null || !equality.Equals(slot, value))
        {
            slot = value;
        }

        return slot;
    }
}
