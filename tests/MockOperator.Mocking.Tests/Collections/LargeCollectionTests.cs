using System.Text;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Tests.Collections;

public sealed class LargeCollectionTests
{
    private const int Size = 25_000_000;

    [Fact]
    public void A_collection_of_25_megabytes_is_read_whole()
    {
        LoadedCollection collection = CollectionReader.ReadPostman(LargeCollection.Write(Size));

        Assert.Empty(collection.Issues);
        Assert.InRange(collection.Examples.Length, 5_000, 50_000);
        Assert.Equal("https://large.example.com", collection.Examples[^1].Scope.Find("baseUrl"));
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(5_000_000)]
    public void Reading_allocates_little_more_than_the_texts_that_it_keeps(int bodyLength)
    {
        byte[] document = LargeCollection.Write(Size, bodyLength);
        long before = GC.GetAllocatedBytesForCurrentThread();
        LoadedCollection collection = CollectionReader.ReadPostman(document);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        long kept = collection.Examples.Sum(static example => (long)(example.Response.Text?.Length ?? 0));
        Assert.InRange(allocated, kept, kept + (2L * Size));
    }

    [Fact]
    public void A_stream_written_as_numbers_costs_its_bytes_and_no_more()
    {
        const int Bytes = 5_000_000;
        var json = new StringBuilder("{\"item\":[{\"response\":[{\"code\":200,\"originalRequest\":\"h\",\"stream\":{\"type\":\"Buffer\",\"data\":[");
        json.AppendJoin(',', Enumerable.Repeat("255", Bytes)).Append("]}}]}]}");
        byte[] document = Encoding.UTF8.GetBytes(json.ToString());

        long before = GC.GetAllocatedBytesForCurrentThread();
        LoadedCollection collection = CollectionReader.ReadPostman(document);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Bytes, Assert.Single(collection.Examples).Response.Binary!.Value.Length);
        Assert.InRange(allocated, Bytes, 3L * Bytes);
    }
}
