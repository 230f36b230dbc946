using Microsoft.AspNetCore.Http.Features;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Tests.Requests;

public sealed class SlowReadersTests
{
    private readonly MemoryBudget _budget = new(4000);

    [Fact]
    public void The_one_that_was_waited_for_longest_makes_room()
    {
        var readers = new SlowReaders(_budget);
        Client[] clients = [.. Enumerable.Range(0, 6).Select(static _ => new Client())];
        LinkedListNode<SlowReader>[] nodes = [.. clients.Select(client => readers.Enter(client, 1000)!)];
        Assert.Equal([true, true, false, false, false, false], clients.Select(static client => client.IsAborted));
        Assert.Equal(4000, _budget.Used);
        Assert.Equal(4, readers.Count);
        foreach (LinkedListNode<SlowReader> node in nodes)
        {
            readers.Leave(node);
        }

        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void Without_anybody_to_make_room_there_is_none()
    {
        var readers = new SlowReaders(_budget);
        Assert.True(_budget.TryTake(3500, held: 1));
        Assert.Null(readers.Enter(new Client(), 1000));
        Assert.Equal(3500, _budget.Used);
    }

    private sealed class Client : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool IsAborted { get; private set; }

        public void Abort() => IsAborted = true;
    }
}
