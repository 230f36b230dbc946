using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Calls;

/// <summary>
/// Records of bytes in the order in which they came, bounded by their number and by the memory of all of them: the oldest make room. The memory is chunks that are taken from a budget while records
/// come, and used again in turn once no more are to be had, so that a record costs a copy and no allocation. Not thread-safe.
/// </summary>
/// <param name="bytes">Most bytes, at least two chunks.</param>
/// <param name="entries">Most records.</param>
/// <param name="budget">What the rings of a process may take together.</param>
internal sealed class CallRing(int bytes, int entries, MemoryBudget budget)
{
    /// <summary>Length of a chunk.</summary>
    public const int ChunkBytes = 16 * 1024;

    private const int FirstSlots = 16;

    // Chunks have numbers that rise for ever; the one with number n is at n modulo the length.
    private readonly byte[]?[] _chunks = new byte[]?[Math.Max(2, bytes / ChunkBytes)];
    private long _firstChunk;
    private long _pastChunks;

    // Position of the next byte, counted since the beginning.
    private long _end;
    private Slot[] _slots = new Slot[Math.Min(FirstSlots, entries)];
    private int _firstSlot;
    private int _erased;

    /// <summary>Most bytes.</summary>
    public int Bytes => bytes;

    /// <summary>Most records.</summary>
    public int Entries => entries;

    /// <summary>Number of records, erased ones among them, which have no length.</summary>
    public int Count { get; private set; }

    /// <summary>Place of the oldest record among all that ever came.</summary>
    public long First { get; private set; }

    /// <summary>Place of the next record among all that ever came.</summary>
    public long End => First + Count;

    /// <summary>Up to this place, records went because they were to be forgotten.</summary>
    public long Cleared { get; private set; }

    /// <summary>Number of records that are not erased.</summary>
    public int Remembered => Count - _erased;

    /// <summary>Bytes of memory that are held.</summary>
    public long HeldBytes => (_pastChunks - _firstChunk) * ChunkBytes;

    /// <summary>Number of the newest record; 0 before the first.</summary>
    public long Newest { get; private set; }

    /// <summary>Records that made room for others.</summary>
    public long Dropped { get; private set; }

    /// <summary>Length of a record.</summary>
    /// <param name="index">Its place; the oldest has 0.</param>
    public int LengthOf(int index) => At(index).Length;

    /// <summary>Number of a record.</summary>
    public long NumberOf(int index) => At(index).Number;

    /// <summary>Begins a record, for which <see cref="Write"/> is then called until it has its length.</summary>
    /// <param name="number">Its number, higher than that of every other before.</param>
    /// <param name="length">Its length.</param>
    /// <returns>False when there is no memory for it; then nothing was begun.</returns>
    public bool TryBegin(long number, int length)
    {
        while (_pastChunks <= (_end + Math.Max(length, 1) - 1) / ChunkBytes)
        {
            if (TryAddChunk())
            {
                continue;
            }

            if (_end % ChunkBytes == 0)
            {
                Dropped++;
                return false;
            }

            // The rest of the chunk that was begun is left, so that it can be used again as a whole.
            _end = (_end / ChunkBytes + 1) * ChunkBytes;
        }

        if (Count == entries)
        {
            DropOldest();
        }

        if (Count == _slots.Length)
        {
            GrowSlots();
        }

        _slots[(_firstSlot + Count) % _slots.Length] = new Slot(number, _end, length);
        Count++;
        Newest = number;
        return true;
    }

    /// <summary>Writes the next bytes of the record that was begun.</summary>
    public void Write(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty)
        {
            Span<byte> room = Room(_end);
            int count = Math.Min(room.Length, part.Length);
            part[..count].CopyTo(room);
            part = part[count..];
            _end += count;
        }
    }

    /// <summary>Writes over the first bytes of a record.</summary>
    public void Overwrite(int index, ReadOnlySpan<byte> part)
    {
        long position = At(index).Start;
        while (!part.IsEmpty)
        {
            Span<byte> room = Room(position);
            int count = Math.Min(room.Length, part.Length);
            part[..count].CopyTo(room);
            part = part[count..];
            position += count;
        }
    }

    /// <summary>Copies a record, or as much of its beginning as there is room for.</summary>
    public void Read(int index, Span<byte> destination)
    {
        Slot slot = At(index);
        long position = slot.Start;
        destination = destination[..Math.Min(destination.Length, slot.Length)];
        while (!destination.IsEmpty)
        {
            ReadOnlySpan<byte> source = Room(position);
            int count = Math.Min(source.Length, destination.Length);
            source[..count].CopyTo(destination);
            destination = destination[count..];
            position += count;
        }
    }

    /// <summary>Makes a record one of no length. Its bytes are overwritten.</summary>
    public void Erase(int index)
    {
        Overwrite(index, new byte[At(index).Length]);
        At(index) = At(index) with { Length = 0 };
        _erased++;
    }

    /// <summary>The first record whose number is higher; <see cref="Count"/> when none is.</summary>
    public int FirstAfter(long number)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (At(middle).Number <= number)
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

    /// <summary>Drops all records and gives the memory back. Numbers go on.</summary>
    public void Clear()
    {
        budget.Return((int)HeldBytes);
        Array.Clear(_chunks);
        _firstChunk = _pastChunks = (_end + ChunkBytes - 1) / ChunkBytes;
        _end = _firstChunk * ChunkBytes;
        _slots = new Slot[Math.Min(FirstSlots, entries)];
        _firstSlot = 0;
        _erased = 0;
        First = Cleared = End;
        Count = 0;
    }

    /// <summary>Goes on where another ring ends, some of whose newest records are in this one already.</summary>
    public void Continue(CallRing before)
    {
        First = before.End - Count;
        Cleared = before.Cleared;
        Newest = before.Newest;
    }

    private ref Slot At(int index) => ref _slots[(_firstSlot + index) % _slots.Length];

    private Span<byte> Room(long position) => _chunks[(position / ChunkBytes) % _chunks.Length].AsSpan((int)(position % ChunkBytes));

    private bool TryAddChunk()
    {
        long held = _pastChunks - _firstChunk;
        if (held < _chunks.Length && budget.TryTake(ChunkBytes, HeldBytes + ChunkBytes))
        {
            _chunks[_pastChunks++ % _chunks.Length] = GC.AllocateUninitializedArray<byte>(ChunkBytes);
            return true;
        }

        // What was written of the chunk in which the next byte comes belongs to the newest record.
        if (held == 0 || _firstChunk >= _end / ChunkBytes)
        {
            return false;
        }

        while (Count > 0 && At(0).Start < (_firstChunk + 1) * ChunkBytes)
        {
            DropOldest();
        }

        byte[]? oldest = _chunks[_firstChunk % _chunks.Length];
        _chunks[_firstChunk++ % _chunks.Length] = null;
        _chunks[_pastChunks++ % _chunks.Length] = oldest;
        return true;
    }

    private void DropOldest()
    {
        if (At(0).Length == 0)
        {
            _erased--;
        }
        else
        {
            Dropped++;
        }

        _firstSlot = (_firstSlot + 1) % _slots.Length;
        First++;
        Count--;
    }

    private void GrowSlots()
    {
        var larger = new Slot[Math.Min(entries, _slots.Length * 2)];
        for (int index = 0; index < Count; index++)
        {
            larger[index] = At(index);
        }

        _slots = larger;
        _firstSlot = 0;
    }

    private readonly record struct Slot(long Number, long Start, int Length);
}
