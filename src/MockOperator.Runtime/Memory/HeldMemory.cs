namespace MockOperator.Runtime.Memory;

/// <summary>
/// What may be held in memory of the calls under way: one budget for what clients send, one for what they are sent. Heads have a part of their own, so that heads that never end leave the bodies of
/// others alone.
/// </summary>
/// <param name="requests">Bytes of request bodies. Heads get a quarter of it beside.</param>
/// <param name="responses">Bytes of answers that were made for one request, or that a client is slow to read.</param>
internal sealed class HeldMemory(long requests, long responses)
{
    // A chunked body of the greatest length takes 18 MB while its last buffer is filled: three quarters of this.
    private const long LeastBytes = 24L * 1024 * 1024;
    private const long MostBytes = 256L * 1024 * 1024;

    // A head of the greatest length takes 256 KiB.
    private const long LeastOfHeads = 1024 * 1024;

    /// <summary>Request bodies.</summary>
    public MemoryBudget Requests { get; } = new(requests);

    /// <summary>Heads of requests, as far as they are longer than ordinary ones.</summary>
    public MemoryBudget Heads { get; } = new(Math.Max(requests / 4, LeastOfHeads));

    /// <summary>Answers.</summary>
    public MemoryBudget Responses { get; } = new(responses);

    /// <summary>
    /// Bytes for each unless said otherwise: a quarter of the memory that the garbage collector may use. In a container with 128 MiB, of which that is three
    /// quarters, it is 24 MiB; it is never less, and never more than 256 MiB.
    /// </summary>
    public static long Share { get; } = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, LeastBytes, MostBytes);
}
