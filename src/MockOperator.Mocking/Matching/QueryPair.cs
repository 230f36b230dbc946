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

    /// <summary>The first of sorted pairs that is not before another, from a place on. What is near is found at once, what is far by halves.</summary>
    internal static int Seek(ReadOnlySpan<QueryPair> sorted, QueryPair pair, int from)
    {
        const int Near = 4;
        int low = from;
        for (int near = Math.Min(from + Near, sorted.Length); low < near; low++)
        {
            if (sorted[low].Packed >= pair.Packed)
            {
                return low;
            }
        }

        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle].Packed < pair.Packed)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Sorts by key, then by value.</summary>
    internal static void Sort(Span<QueryPair> pairs) => MemoryMarshal.Cast<QueryPair, long>(pairs).Sort();
}
