using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MockOperator.Runtime.Access;

/// <summary>
/// Slows guessing of keys: an address has a budget of wrong keys that refills with time, and while it is used up no verdict on a key from that address is
/// told. An address that showed a right key lately is shared with honest callers (a proxy, a node): their right keys pass all the same, since otherwise
/// anybody behind it could lock the others out. The table is fixed, so memory is bounded by construction; an address that is pushed out starts afresh.
/// </summary>
internal sealed class FailureThrottle(TimeProvider time, ulong seed)
{
    /// <summary>Wrong keys that are looked at before an address has to wait.</summary>
    public const int Burst = 20;

    /// <summary>Time in which an address earns one more.</summary>
    public static readonly TimeSpan Refill = TimeSpan.FromSeconds(1);

    /// <summary>How long a right key vouches for its address.</summary>
    public static readonly TimeSpan Vouch = TimeSpan.FromMinutes(10);

    private const int Sets = 1024;
    private const int Ways = 4;
    private readonly Slot[] _slots = new Slot[Sets * Ways];
    private readonly Lock[] _locks = [.. Enumerable.Range(0, 32).Select(static _ => new Lock())];
    private readonly long _refillTicks = (long)(Refill.TotalSeconds * time.TimestampFrequency);
    private readonly long _vouchTicks = (long)(Vouch.TotalSeconds * time.TimestampFrequency);

    /// <summary>Addresses that are remembered at most.</summary>
    public const int Capacity = Sets * Ways;

    /// <summary>Notes a key that was sent, and says whether its verdict may be told.</summary>
    /// <param name="client">Where it came from; null for an unknown address, which counts as one.</param>
    /// <param name="isRight">Whether it is one of the keys.</param>
    /// <param name="timestamp">When it was sent, as <see cref="TimeProvider.GetTimestamp"/> has it: a request has read the clock already.</param>
    /// <param name="retryAfter">When not: how long to wait.</param>
    /// <returns>False when the address has used up its budget: the caller learns nothing about the key.</returns>
    public bool Admits(IPAddress? client, bool isRight, long timestamp, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        var tag = TagOf(client);
        if (isRight && IsVouched(tag, timestamp))
            return true;

        lock (_locks[FirstOf(tag) / Ways % _locks.Length])
        {
            ref var slot = ref Find(tag);
            slot.LastUsed = timestamp;
            var wait = slot.ForgivenAt - timestamp - ((Burst - 1) * _refillTicks);
            if (wait > 0 && !(isRight && timestamp < slot.VouchedUntil))
            {
                retryAfter = TimeSpan.FromSeconds(Math.Ceiling(wait / (double)time.TimestampFrequency));
                return false;
            }

            if (isRight)
                slot.VouchedUntil = timestamp + _vouchTicks;
            else
                slot.ForgivenAt = Math.Max(slot.ForgivenAt, timestamp) + _refillTicks;
            return true;
        }
    }

    private static int FirstOf(ulong tag) => (int)(tag % Sets) * Ways;

    // Read without the lock, so that honest traffic takes none; renewed in the second half of the time, so that a busy address stays vouched for.
    private bool IsVouched(ulong tag, long now)
    {
        var first = FirstOf(tag);
        for (var way = first; way < first + Ways; way++)
        {
            if (Volatile.Read(ref _slots[way].Tag) == tag)
                return Volatile.Read(ref _slots[way].VouchedUntil) - now > _vouchTicks / 2;
        }

        return false;
    }

    // The slot of the address; a new one takes the place of the one that was used least recently.
    private ref Slot Find(ulong tag)
    {
        var first = FirstOf(tag);
        var oldest = first;
        for (var way = first; way < first + Ways; way++)
        {
            if (_slots[way].Tag == tag)
                return ref _slots[way];
            if (_slots[way].LastUsed < _slots[oldest].LastUsed)
                oldest = way;
        }

        _slots[oldest] = new Slot { Tag = tag };
        return ref _slots[oldest];
    }

    // IPv6 clients own a /64 at least, so that is what counts as one. The seed keeps the places from being guessed.
    private ulong TagOf(IPAddress? client)
    {
        Span<byte> bytes = stackalloc byte[16];
        var value = 0UL;
        if (client is not null && client.TryWriteBytes(bytes, out var length))
        {
            value = client.AddressFamily == AddressFamily.InterNetwork || client.IsIPv4MappedToIPv6
                ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - 4)..]) | 1UL << 32
                : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }

        // The finaliser of SplitMix64.
        value += seed;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return (value ^ (value >> 31)) | 1;
    }

    // A bucket told by the time at which all failures will be forgiven (generic cell rate algorithm): one number, no refill job.
    private struct Slot
    {
        public ulong Tag;
        public long ForgivenAt;
        public long VouchedUntil;
        public long LastUsed;
    }
}
