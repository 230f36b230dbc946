using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MockOperator.Runtime.Hashing;

/// <summary>
/// A SHA-256 digest (FIPS 180-4), computed in managed code: the framework's own loads OpenSSL, which an image made of one native binary does not have and
/// which costs megabytes and milliseconds at start. Neither computing nor comparing allocates.
/// </summary>
internal readonly struct Sha256Digest : IEquatable<Sha256Digest>
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = 32;

    private const int BlockSize = 64;

    private static readonly uint[] RoundConstants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
        0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
        0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
        0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private static readonly uint[] InitialState =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private readonly State _state;

    private Sha256Digest(in State state) => _state = state;

    /// <summary>The first four bytes of the digest as a number: evenly spread, so a place in a table.</summary>
    public uint Prefix => _state[0];

    /// <summary>Computes the digest of a message.</summary>
    /// <param name="message">The message.</param>
    public static Sha256Digest Of(ReadOnlySpan<byte> message)
    {
        State state = default;
        InitialState.CopyTo(state);
        var rest = message;
        while (rest.Length >= BlockSize)
        {
            Compress(state, rest[..BlockSize]);
            rest = rest[BlockSize..];
        }

        // Padding: a one bit, zeros, and the length in bits as 64-bit big-endian, to whole blocks.
        Span<byte> last = stackalloc byte[BlockSize * 2];
        last.Clear();
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        var length = rest.Length < BlockSize - 8 ? BlockSize : BlockSize * 2;
        BinaryPrimitives.WriteUInt64BigEndian(last[(length - 8)..], (ulong)message.Length * 8);
        for (var start = 0; start < length; start += BlockSize)
            Compress(state, last.Slice(start, BlockSize));
        return new Sha256Digest(state);
    }

    /// <summary>Reads 64 hex digits.</summary>
    /// <param name="hex">The text.</param>
    /// <param name="digest">The digest when the text is one.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out Sha256Digest digest)
    {
        digest = default;
        if (hex.Length != Size * 2)
            return false;
        State state = default;
        for (var word = 0; word < 8; word++)
        {
            if (!uint.TryParse(hex.Slice(word * 8, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out state[word]))
                return false;
        }

        digest = new Sha256Digest(state);
        return true;
    }

    /// <summary>Compares in a time that does not depend on the values.</summary>
    /// <param name="other">The other digest.</param>
    public bool Equals(Sha256Digest other)
    {
        uint difference = 0;
        for (var word = 0; word < 8; word++)
            difference |= _state[word] ^ other._state[word];
        return difference == 0;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Sha256Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Prefix;

    /// <summary>The digest as 64 lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        for (var word = 0; word < 8; word++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes[(word * 4)..], _state[word]);
        return Convert.ToHexStringLower(bytes);
    }

    // Eight rounds at a time: the working variables take turns instead of being moved, and the schedule is walked without checks, since its length is fixed.
    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[64];
        ref uint schedule = ref MemoryMarshal.GetReference(words);
        ref byte message = ref MemoryMarshal.GetReference(block);
        for (nint round = 0; round < 16; round++)
        {
            var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref message, round * 4));
            Unsafe.Add(ref schedule, round) = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
        }

        for (nint round = 16; round < 64; round++)
        {
            var early = Unsafe.Add(ref schedule, round - 15);
            var late = Unsafe.Add(ref schedule, round - 2);
            Unsafe.Add(ref schedule, round) = Unsafe.Add(ref schedule, round - 16) + Unsafe.Add(ref schedule, round - 7)
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }

        ref uint constants = ref MemoryMarshal.GetArrayDataReference(RoundConstants);
        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (nint round = 0; round < 64; round += 8)
        {
            ref uint word = ref Unsafe.Add(ref schedule, round);
            ref uint constant = ref Unsafe.Add(ref constants, round);
            Round(a, b, c, ref d, e, f, g, ref h, word + constant);
            Round(h, a, b, ref c, d, e, f, ref g, Unsafe.Add(ref word, 1) + Unsafe.Add(ref constant, 1));
            Round(g, h, a, ref b, c, d, e, ref f, Unsafe.Add(ref word, 2) + Unsafe.Add(ref constant, 2));
            Round(f, g, h, ref a, b, c, d, ref e, Unsafe.Add(ref word, 3) + Unsafe.Add(ref constant, 3));
            Round(e, f, g, ref h, a, b, c, ref d, Unsafe.Add(ref word, 4) + Unsafe.Add(ref constant, 4));
            Round(d, e, f, ref g, h, a, b, ref c, Unsafe.Add(ref word, 5) + Unsafe.Add(ref constant, 5));
            Round(c, d, e, ref f, g, h, a, ref b, Unsafe.Add(ref word, 6) + Unsafe.Add(ref constant, 6));
            Round(b, c, d, ref e, f, g, h, ref a, Unsafe.Add(ref word, 7) + Unsafe.Add(ref constant, 7));
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint input)
    {
        h += (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + (g ^ (e & (f ^ g))) + input;
        d += h;
        h += (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + ((a & b) | (c & (a | b)));
    }

    [InlineArray(8)]
    private struct State
    {
        private uint _first;
    }
}
