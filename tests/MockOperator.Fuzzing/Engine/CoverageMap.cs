using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace MockOperator.Fuzzing.Engine;

/// <summary>
/// Which branches an input took, counted by the instrumentation that SharpFuzz writes into assemblies: pairs of branches, hashed into a map, each count reduced to eight classes, as AFL
/// does it. Without instrumented assemblies nothing is ever new.
/// </summary>
internal sealed unsafe class CoverageMap
{
    private const int Size = 64 * 1024;
    private static readonly byte[] s_classes = [.. Enumerable.Range(0, 256).Select(ClassOf)];
    private readonly byte[] _seen = new byte[Size];
    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(Size);

    /// <summary>Gives instrumented code a place to count in, before the first of it runs. It stays until the process ends, since threads of the product go on counting.</summary>
    public CoverageMap() => Trace.SharedMem = _map;

    /// <summary>Number of pairs of branches that were taken so far.</summary>
    public int Taken { get; private set; }

    /// <summary>Forgets the branches of the last input.</summary>
    public void Begin()
    {
        NativeMemory.Clear(_map, Size);
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the input took a branch, or took one so often, as none did before.</summary>
    public bool IsNew()
    {
        bool isNew = false;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(new ReadOnlySpan<byte>(_map, Size));
        for (int word = words.IndexOfAnyExcept(0UL); word >= 0;)
        {
            for (int index = word * 8; index < (word * 8) + 8; index++)
            {
                byte reached = s_classes[_map[index]];
                if ((reached & ~_seen[index]) != 0)
                {
                    Taken += _seen[index] == 0 ? 1 : 0;
                    _seen[index] |= reached;
                    isNew = true;
                }
            }

            int next = words[(word + 1)..].IndexOfAnyExcept(0UL);
            word = next < 0 ? -1 : word + 1 + next;
        }

        return isNew;
    }

    private static byte ClassOf(int count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
