using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Content;

namespace MockOperator.Operator.Tests.Content;

public sealed class PreparedCollectionsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly PreparedCollections _prepared;

    public PreparedCollectionsTests() => _prepared = new PreparedCollections(_time);

    public void Dispose() => _prepared.Dispose();

    [Fact]
    public void What_nobody_asks_for_is_given_back()
    {
        _prepared.Keep("a", "one", OfBytes(1000));
        Assert.NotNull(_prepared.Find("one"));

        _time.Advance(PreparedCollections.Lifetime);
        _time.Advance(PreparedCollections.Lifetime);

        Assert.Equal(0, _prepared.Bytes);
        Assert.Null(_prepared.Find("one"));
    }

    [Fact]
    public void What_is_asked_for_stays()
    {
        _prepared.Keep("a", "one", OfBytes(1000));
        for (int times = 0; times < 6; times++)
        {
            _time.Advance(PreparedCollections.Lifetime / 2);
            Assert.NotNull(_prepared.Find("one"));
        }
    }

    [Fact]
    public void Bytes_are_bounded_and_who_keeps_most_gives_up_first()
    {
        _prepared.Keep("modest", "modest", OfBytes(1000));
        for (int number = 0; number < 100; number++)
        {
            _prepared.Keep("greedy", $"greedy {number}", OfBytes(1024 * 1024));
            Assert.InRange(_prepared.Bytes, 1, PreparedCollections.MaxBytes);
        }

        Assert.NotNull(_prepared.Find("modest"));
        Assert.NotNull(_prepared.Find("greedy 99"));
        Assert.Null(_prepared.Find("greedy 0"));
    }

    [Fact]
    public void What_is_too_large_is_not_kept()
    {
        _prepared.Keep("a", "one", OfBytes(PreparedCollections.MaxBytes));

        Assert.Null(_prepared.Find("one"));
    }

    private static PreparedCollection OfBytes(long bytes) => new() { Examples = [], ExampleBytes = bytes };
}
