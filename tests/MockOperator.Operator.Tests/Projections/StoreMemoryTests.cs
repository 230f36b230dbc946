using System.Text.Json;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Projections;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Projections;

/// <summary>Counts bytes of the process, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(StoreMemoryTests), DisableParallelization = true)]
[Collection(nameof(StoreMemoryTests))]
public sealed class StoreMemoryTests
{
    private const int Large = 1_400_000;
    private const int Count = 40;

    private static readonly JsonSerializerOptions s_json = ApiJson.Create(ResourceJson.Default, KindJson.Default, OperatorJson.Default);

    [Fact]
    public void A_store_of_large_mocks_holds_nothing_of_what_they_were_read_from()
    {
        string large = new('x', Large / 2);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new
        {
            metadata = new { name = "a" },
            spec = new { environment = new { variables = new[] { new { name = "x", value = large } } }, podTemplate = new { x = large } },
        });
        var store = new ResourceStore<MockServer>();
        StorePartition<MockServer> partition = store.OpenPartition();
        Put(partition, json, "first", 1);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Put(partition, json, "mock", Count);

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        Assert.Equal(Count + 1, store.Count);
        TestContext.Current.SendDiagnosticMessage("{0} bytes are kept of a mock of {1}", each, json.Length);
        Assert.True(each < Large / 20, $"{each} bytes are kept of a mock of {json.Length}");
        GC.KeepAlive(json);
    }

    private static void Put(StorePartition<MockServer> partition, byte[] json, string name, int count)
    {
        for (int number = 0; number < count; number++)
        {
            MockServer mock = JsonSerializer.Deserialize<MockServer>(json, s_json)!;
            mock.Metadata.Name = $"{name}-{number}";
            partition.Upsert(MockServerProjection.Of(mock));
        }
    }
}
