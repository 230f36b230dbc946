using System.Buffers.Binary;
using System.Numerics;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A fast 64-bit hash with a key of its own in every process, so that nobody can prepare two different bodies that compare as equal. Two bodies are
/// held to be equal when their hashes are: by chance that errs once in some 10^19 comparisons.
/// </summary>
internal static class ContentHash
{
    private static readonly ulong s_first = NewKey();
    private static readonly ulong s_second = NewKey();
    private static readonly ulong s_third = NewKey();

    /// <summary>Hash of bytes.</summary>
    internal static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong seed = s_first;
        ReadOnlySpan<byte> rest = bytes;
        while (rest.Length > 16)
        {
            seed = Multiply(BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ s_second, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]) ^ seed);
            rest = rest[16..];
        }

        ulong low;
        ulong high;
        if (rest.Length >= 8)
        {
            low = BinaryPrimitives.ReadUInt64LittleEndian(rest);
            high = BinaryPrimitives.ReadUInt64LittleEndian(rest[^8..]);
        }
        else if (rest.Length >= 4)
        {
            low = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            high = BinaryPrimitives.ReadUInt32LittleEndian(rest[^4..]);
        }
        else
        {
            low = rest.IsEmpty ? 0 : ((uint)rest[0] << 16) | ((uint)rest[rest.Length >> 1] << 8) | rest[^1];
            high = 0;
        }

        return Multiply(s_third ^ (ulong)bytes.Length, Multiply(low ^ s_second, high ^ seed));
    }

    /// <summary>Hash of two hashes, the order of which counts.</summary>
    internal static ulong Join(ulong left, ulong right) => Multiply(left ^ s_second, right ^ s_third);

    private static ulong Multiply(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    // The framework's generator of random bytes would load OpenSSL; identifiers are made from the system's own, all but six of their bits, and each half covers those of the other.
    private static ulong NewKey()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), 32) | 1;
    }
}
