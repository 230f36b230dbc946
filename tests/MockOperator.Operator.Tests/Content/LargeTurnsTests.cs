using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Content;

namespace MockOperator.Operator.Tests.Content;

public sealed class LargeTurnsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _woken = [];
    private readonly LargeTurns _turns;

    public LargeTurnsTests() => _turns = new LargeTurns(_time);

    public void Dispose() => _turns.Dispose();

    [Fact]
    public void One_reads_at_a_time_and_the_next_is_woken()
    {
        Assert.True(Take("a", "1"));
        Assert.False(Take("a", "2"));
        Assert.Empty(_woken);

        _turns.End();

        Assert.Equal(["a/2"], _woken);
        Assert.False(Take("b", "9"));
        Assert.True(Take("a", "2"));
    }

    [Fact]
    public void A_namespace_with_many_large_collections_delays_another_by_one()
    {
        Assert.True(Take("greedy", "0"));
        for (int number = 1; number < 30; number++)
        {
            Assert.False(Take("greedy", $"{number}"));
        }

        Assert.False(Take("modest", "only"));
        for (int turn = 0; turn < 2; turn++)
        {
            _turns.End();
            string[] next = _woken[^1].Split('/');
            Assert.True(Take(next[0], next[1]));
        }

        Assert.Contains("modest/only", _woken);
    }

    [Fact]
    public void Who_is_called_and_does_not_come_loses_the_turn()
    {
        Assert.True(Take("a", "1"));
        Assert.False(Take("a", "2"));
        Assert.False(Take("b", "3"));
        _turns.End();

        _time.Advance(LargeTurns.Patience);

        Assert.Equal(["a/2", "b/3"], _woken);
        Assert.True(Take("b", "3"));
    }

    [Fact]
    public void Who_needs_no_turn_any_more_lets_the_next_go_on_at_once()
    {
        Assert.True(Take("a", "1"));
        Assert.False(Take("a", "2"));
        Assert.False(Take("a", "3"));
        Assert.False(Take("a", "4"));
        _turns.Leave("a", "3");
        _turns.End();

        _turns.Leave("a", "2");

        Assert.Equal(["a/2", "a/4"], _woken);
        Assert.Equal(0, _turns.Waiting);
    }

    [Fact]
    public void Nobody_stands_in_line_twice()
    {
        Assert.True(Take("a", "1"));
        Assert.False(Take("a", "2"));
        Assert.False(Take("a", "2"));

        Assert.Equal(1, _turns.Waiting);
    }

    private bool Take(string ns, string reader) => _turns.TryTake(ns, reader, () => _woken.Add($"{ns}/{reader}"));
}
