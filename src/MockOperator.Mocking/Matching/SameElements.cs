using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Mocking.Matching;

/// <summary>Arrays are equal when their elements are.</summary>
/// <typeparam name="T">The elements.</typeparam>
internal sealed class SameElements<T> : IEqualityComparer<T[]>
{
    /// <inheritdoc/>
    public bool Equals(T[]? left, T[]? right) => left.AsSpan().SequenceEqual(right, null);

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] T[] elements)
    {
        var hash = default(HashCode);
        foreach (T element in elements)
        {
            hash.Add(element);
        }

        return hash.ToHashCode();
    }
}
