using System.Runtime.InteropServices;

namespace MockOperator.Mocking.Matching;

/// <summary>A query parameter as two numbers of a <see cref="Vocabulary"/>.</summary>
/// <param name="Packed">Key in the upper half, value in the lower.</param>
internal readonly record struct QueryPair(long Packed)
{
    /// <summary>The value of a wildcard: sorts after every other value of its key.</summary>
    internal const int Any = int.MaxValue;

    /// <summary>Number of the key.</summary>
    internal int Key => (int)(Packed >> 32);

    /// <summary>Number of the value, or <see cref="Any"/>.</summary>
    internal int Value => (int)Packed;

    /// <summary>Joins the two numbers.</summary>
    internal static QueryPair Of(int key, int value) => new(((long)key << 32) | (uint)value);

    /// <summary>Sorts by key, then by value.</summary>
    internal static void Sort(Span<QueryPair> pairs) => MemoryMarshal.Cast<QueryPair, long>(pairs).Sort();
}
