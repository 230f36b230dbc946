using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MockOperator.Runtime.Hashing;

/// <summary>
/// A 128-bit tag of a message under a secret: SipHash-2-4-128 (Aumasson and Bernstein, "SipHash: a fast short-input PRF"). Without the secret nobody finds a message with
/// a given tag, and it costs a fraction of a SHA-256 digest. Neither computing nor comparing allocates.
/// </summary>
/// <param name="Low">The first eight bytes of the tag, little-endian.</param>
/// <param name="High">The last eight bytes.</param>
internal readonly record struct SipTag(ulong Low, ulong High)
{
    /// <summary>Computes the tag of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="secret">Sixteen random bytes as two numbers, little-endian.</param>
    public static SipTag Of(ReadOnlySpan<byte> message, SipTag secret)
    {
        ulong a = 0x736f6d6570736575 ^ secret.Low;
        ulong b = 0x646f72616e646f6d ^ secret.High ^ 0xee;
        ulong c = 0x6c7967656e657261 ^ secret.Low;
        ulong d = 0x7465646279746573 ^ secret.High;
        ulong last = (ulong)message.Length << 56;
        while (message.Length >= sizeof(ulong))
        {
            Absorb(ref a, ref b, ref c, ref d, BinaryPrimitives.ReadUInt64LittleEndian(message));
            message = message[sizeof(ulong)..];
        }

        for (int index = 0; index < message.Length; index++)
        {
            last |= (ulong)message[index] << (8 * index);
        }

        Absorb(ref a, ref b, ref c, ref d, last);
        c ^= 0xee;
        Finish(ref a, ref b, ref c, ref d);
        ulong low = a ^ b ^ c ^ d;
        b ^= 0xdd;
        Finish(ref a, ref b, ref c, ref d);
        return new SipTag(low, a ^ b ^ c ^ d);
    }

    /// <summary>Compares in a time that does not depend on the values.</summary>
    /// <param name="other">The other tag.</param>
    public bool Equals(SipTag other) => ((Low ^ other.Low) | (High ^ other.High)) == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Low;

    private static void Absorb(ref ulong a, ref ulong b, ref ulong c, ref ulong d, ulong word)
    {
        d ^= word;
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        a ^= word;
    }

    private static void Finish(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        for (int round = 0; round < 4; round++)
        {
            Round(ref a, ref b, ref c, ref d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a += b;
        c += d;
        b = BitOperations.RotateLeft(b, 13) ^ a;
        d = BitOperations.RotateLeft(d, 16) ^ c;
        a = BitOperations.RotateLeft(a, 32);
        c += b;
        a += d;
        b = BitOperations.RotateLeft(b, 17) ^ c;
        d = BitOperations.RotateLeft(d, 21) ^ a;
        c = BitOperations.RotateLeft(c, 32);
    }
}
