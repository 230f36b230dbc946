namespace MockOperator.Runtime.Memory;

/// <summary>
/// What may be held in memory of the calls under way: one budget for what clients send, one for what they are sent, and one for both together, since there is less than both could take. Heads have a
/// part of their own, so that heads that never end leave the bodies of others alone. What is held leaves less for open connections.
/// </summary>
internal sealed class HeldMemory
{
    /// <summary>What an open connection takes: about 11 KiB while it is silent, 15 once it has begun to speak.</summary>
    private const int BytesPerConnection = 16 * 1024;

    // A chunked body of the greatest length takes 18 MB while its last buffer is filled: three quarters of this.
    private const long LeastBytes = 24L * 1024 * 1024;
    private const long MostBytes = 256L * 1024 * 1024;

    // A head of the greatest length takes 256 KiB.
    private const long LeastOfHeads = 1024 * 1024;
    private readonly long _withConnections;

    /// <summary>Divides the memory.</summary>
    /// <param name="requests">Bytes of request bodies. Heads get a quarter of it beside.</param>
    /// <param name="responses">Bytes of answers that were made for one request, or that a client is slow to read.</param>
    /// <param name="available">Bytes that the garbage collector may use.</param>
    public HeldMemory(long requests, long responses, long available)
    {
        _withConnections = available / 2;
        Bodies = new MemoryBudget(Math.Max(available / 10 * 3, Math.Max(requests, responses)));
        Requests = new MemoryBudget(requests, Bodies);
        Responses = new MemoryBudget(responses, Bodies);
        Heads = new MemoryBudget(Math.Max(requests / 4, LeastOfHeads));
    }

    /// <summary>Bytes that the garbage collector may use: of a container's memory limit three quarters.</summary>
    public static long Available { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>
    /// Bytes for requests, and for responses, unless said otherwise: a quarter of <see cref="Available"/>. In a container with 128 MiB it is 24 MiB; it is never less, and never more than 256 MiB.
    /// </summary>
    public static long Share { get; } = Math.Clamp(Available / 4, LeastBytes, MostBytes);

    /// <summary>Request bodies.</summary>
    public MemoryBudget Requests { get; }

    /// <summary>Answers.</summary>
    public MemoryBudget Responses { get; }

    /// <summary>Both of them: three tenths of the memory, a little more than either may take.</summary>
    public MemoryBudget Bodies { get; }

    /// <summary>Heads of requests, as far as they are longer than ordinary ones.</summary>
    public MemoryBudget Heads { get; }

    /// <summary>
    /// How many connections may be open beside what is held now, so that all of it takes no more than half of the memory, or than all of the connections alone where that is more: never less than a
    /// third of those that may be open while nothing is held.
    /// </summary>
    /// <param name="capacity">How many may be open while nothing is held.</param>
    public int ConnectionsBeside(int capacity)
    {
        long together = Math.Max(_withConnections, (long)capacity * BytesPerConnection);
        return (int)Math.Clamp((together - Bodies.Used - Heads.Used) / BytesPerConnection, (capacity + 2) / 3, capacity);
    }
}
