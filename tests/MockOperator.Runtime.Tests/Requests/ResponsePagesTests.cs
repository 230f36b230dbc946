using System.Buffers;
using CsCheck;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Tests.Requests;

public sealed class ResponsePagesTests
{
    [Fact]
    public void What_was_written_is_in_the_pages_in_order() => Gen.Byte.Array[0, 3000].Array[0, 100].Sample(pieces =>
    {
        var budget = new MemoryBudget(1024 * 1024);
        var pages = new ResponsePages(budget);
        foreach (byte[] piece in pieces)
        {
            pages.Write(piece);
        }

        byte[] all = [.. pieces.SelectMany(static piece => piece)];
        Assert.Equal(all.Length, pages.Length);
        Assert.Equal(all, Enumerable.Range(0, pages.Count).SelectMany(page => pages[page].ToArray()));
        Assert.True(budget.Used >= all.Length);
        pages.Clear();
        Assert.Equal(0, budget.Used);
        Assert.Empty(pages);
    });

    [Fact]
    public void Once_the_budget_is_used_up_nothing_more_is_held_and_the_pages_say_so()
    {
        var budget = new MemoryBudget(128 * 1024);
        var pages = new ResponsePages(budget);
        for (int piece = 0; piece < 10_000; piece++)
        {
            pages.Write(new byte[1000]);
        }

        Assert.True(pages.IsExhausted);
        Assert.InRange(budget.Used, 1, budget.Limit);
        pages.Clear();
        Assert.Equal(0, budget.Used);
        pages.Write("again"u8);
        Assert.False(pages.IsExhausted);
        Assert.Equal("again"u8, pages[0].Span);
    }
}
