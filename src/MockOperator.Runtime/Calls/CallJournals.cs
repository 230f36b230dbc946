using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Calls;

/// <summary>What the journals of all mocks of a process have in common: their memory, and the numbers of their calls.</summary>
/// <param name="bytes">Most bytes that all of them take together.</param>
/// <param name="chance">Names the process.</param>
internal sealed class CallJournals(long bytes, Random chance)
{
    private const long LeastBytes = 8L * 1024 * 1024;
    private const long MostBytes = 256L * 1024 * 1024;

    /// <summary>
    /// Bytes unless said otherwise: an eighth of the memory that the garbage collector may use. In a container with 128 MiB it is 12 MiB; it is never less than 8, and never more than 256 MiB.
    /// </summary>
    public static long Share { get; } = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, LeastBytes, MostBytes);

    /// <summary>The memory.</summary>
    public MemoryBudget Memory { get; } = new(bytes);

    /// <summary>The numbers.</summary>
    public CallNumbers Numbers { get; } = new(chance);

    /// <summary>Opens the journal of a mock.</summary>
    public CallJournal Open(TimeProvider time) => new(Numbers, Memory, time);
}
