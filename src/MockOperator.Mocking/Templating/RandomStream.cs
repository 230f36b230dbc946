using System.Numerics;
using System.Runtime.InteropServices;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// A stream of random numbers: xoshiro256**, its state filled by SplitMix64 from the seed (both by Blackman and Vigna, public domain).
/// Written here because System.Random may change its algorithm between releases, and a seed must mean the same then.
/// Good for test data, not for secrets.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct RandomStream
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public static RandomStream FromSeed(long seed)
    {
        ulong state = (ulong)seed;
        return new RandomStream { _s0 = Split(ref state), _s1 = Split(ref state), _s2 = Split(ref state), _s3 = Split(ref state) };
    }

    public static RandomStream Unpredictable()
    {
        Span<ulong> state = stackalloc ulong[4];
        System.Random.Shared.NextBytes(MemoryMarshal.AsBytes(state));
        return new RandomStream { _s0 = state[0] | 1, _s1 = state[1], _s2 = state[2], _s3 = state[3] };
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 to <paramref name="limit"/> − 1: the high half of a 64 × 64 bit product, whose bias is below 2⁻³² here.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>A number from 0 to <paramref name="limit"/> − 1.</summary>
    public long Below(long limit) => (long)Math.BigMul(Next(), (ulong)limit, out _);

    private static ulong Split(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
