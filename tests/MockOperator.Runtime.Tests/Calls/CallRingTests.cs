using CsCheck;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Tests.Calls;

public class CallRingTests
{
    private static readonly Gen<(int Chunks, int Entries, int Budget)> s_sizes = Gen.Select(Gen.Int[2, 8], Gen.Int[1, 40], Gen.Int[0, 10]);

    // Lengths around those of a chunk are where records begin and end in the middle of others.
    private static readonly Gen<int[]> s_lengths = Gen.OneOf(Gen.Int[1, 400], Gen.Int[1, CallRing.ChunkBytes], Gen.Int[CallRing.ChunkBytes - 2, CallRing.ChunkBytes + 2]).Array[0, 120];

    [Fact]
    public void Whatever_comes_the_newest_records_are_there_whole_and_the_bounds_hold() =>
        Gen.Select(s_sizes, s_lengths).Sample(
            (sizes, lengths) =>
            {
                var budget = new MemoryBudget(sizes.Budget * CallRing.ChunkBytes / 3 * 4L);
                var ring = new CallRing(sizes.Chunks * CallRing.ChunkBytes, sizes.Entries, budget);
                var written = new List<(long Number, byte[] Bytes)>();
                long dropped = 0;
                for (int number = 1; number <= lengths.Length; number++)
                {
                    byte[] bytes = Bytes(number, lengths[number - 1]);
                    if (ring.TryBegin(number, bytes.Length))
                    {
                        ring.Write(bytes.AsSpan(0, bytes.Length / 3));
                        ring.Write(bytes.AsSpan(bytes.Length / 3));
                        written.Add((number, bytes));
                    }
                    else
                    {
                        dropped++;
                        Assert.True(sizes.Budget < 4 || bytes.Length > (Math.Min(sizes.Budget, sizes.Chunks) - 1) * CallRing.ChunkBytes, "there was memory for it");
                    }

                    Assert.True(ring.Count <= sizes.Entries);
                    Assert.True(ring.HeldBytes <= sizes.Chunks * CallRing.ChunkBytes);
                    Assert.Equal(ring.HeldBytes, budget.Used);
                    Assert.Equal(written.Count, ring.End);
                    Assert.Equal(written.Count + dropped, ring.Count + ring.Dropped);
                    for (int index = 0; index < ring.Count; index++)
                    {
                        (long expected, byte[] content) = written[written.Count - ring.Count + index];
                        byte[] read = new byte[ring.LengthOf(index)];
                        ring.Read(index, read);
                        Assert.Equal(expected, ring.NumberOf(index));
                        Assert.Equal(content, read);
                    }
                }

                ring.Clear();
                Assert.Equal((0, 0L), (ring.Count, budget.Used));
            },
            iter: 2_000);

    [Fact]
    public void A_ring_keeps_what_fits_into_its_memory_and_no_less()
    {
        var ring = new CallRing(8 * CallRing.ChunkBytes, 10_000, new MemoryBudget(1L << 30));
        for (int number = 1; number <= 10_000; number++)
        {
            Assert.True(ring.TryBegin(number, 100));
            ring.Write(Bytes(number, 100));
        }

        Assert.InRange(ring.Count, 7 * CallRing.ChunkBytes / 100, 8 * CallRing.ChunkBytes / 100);
    }

    [Fact]
    public void A_record_is_found_by_its_number_even_if_numbers_are_left_out()
    {
        var ring = new CallRing(2 * CallRing.ChunkBytes, 3, new MemoryBudget(1L << 30));
        foreach (long number in (long[])[2, 5, 9, 14])
        {
            Assert.True(ring.TryBegin(number, 1));
            ring.Write([1]);
        }

        Assert.Equal([0, 0, 1, 1, 2, 3, 3], ((long[])[0, 4, 5, 8, 9, 14, 20]).Select(ring.FirstAfter));
    }

    [Fact]
    public void An_erased_record_leaves_no_byte_and_no_gap()
    {
        var ring = new CallRing(2 * CallRing.ChunkBytes, 10, new MemoryBudget(1L << 30));
        for (int number = 1; number <= 3; number++)
        {
            Assert.True(ring.TryBegin(number, 4));
            ring.Write(Bytes(number, 4));
        }

        ring.Erase(1);
        Assert.Equal((3, 2, 0), (ring.Count, ring.Remembered, ring.LengthOf(1)));
        byte[] newest = new byte[4];
        ring.Read(2, newest);
        Assert.Equal(Bytes(3, 4), newest);
    }

    private static byte[] Bytes(int number, int length) => [.. Enumerable.Range(0, length).Select(index => (byte)((number * 31) + index))];
}
