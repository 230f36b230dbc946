using System.Diagnostics;
using System.Text;
using CsCheck;
using MockOperator.Runtime.Access;

namespace MockOperator.Runtime.Tests.Access;

public sealed class ApiKeyRingTests
{
    internal static ApiKeyRing Ring(params (string Name, string Key)[] keys)
        => ApiKeyRing.Of(keys.Select(key => KeyValuePair.Create(key.Name, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(key.Key))));

    [Fact]
    public void Every_entry_admits_at_once()
    {
        var ring = Ring(("old", "first-key"), ("new", "second-key"));
        Assert.Null(ring.Problem);
        Assert.Equal("old", ring.Find("first-key")?.Name);
        Assert.Equal("new", ring.Find("second-key")?.Name);
        Assert.Null(ring.Find("third-key"));
    }

    [Fact]
    public void A_key_is_found_again_and_again_among_others_and_wrong_ones_never_are() => Gen.Select(Gen.Int[1, 40], Gen.Int[0, 79].Array[200]).Sample((count, calls) =>
    {
        var ring = Ring([.. Enumerable.Range(0, count).Select(static number => ($"entry-{number:00}", $"key-{number}"))]);
        foreach (var call in calls)
            Assert.Equal(call < count ? $"entry-{call:00}" : null, ring.Find($"key-{call}")?.Name);
    });

    [Fact]
    public void Nothing_is_allocated_for_a_key_that_was_found_before()
    {
        var ring = Ring(("a", "first-key"));
        for (var call = 0; call < 100; call++)
            ring.Find("first-key");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < 10_000; call++)
            ring.Find("first-key");
        // An object for each would be hundreds of kilobytes; some are the compiler's, which works meanwhile.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Theory]
    [InlineData("first-key\n")]
    [InlineData("  first-key\r\n")]
    public void Blanks_and_line_feeds_around_a_key_do_not_count(string stored) => Assert.NotNull(Ring(("a", stored)).Find("first-key"));

    [Fact]
    public void Two_entries_with_one_key_count_as_the_first_by_name()
    {
        var ring = Ring(("b", "same"), ("a", "same"));
        Assert.Equal("a", ring.Find("same")?.Name);
        Assert.Single(ring.Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("two\nlines")]
    [InlineData("clé")]
    public void One_unusable_entry_closes_the_ring(string key)
    {
        var ring = Ring(("good", "good-key"), ("bad", key));
        Assert.Contains("'bad'", ring.Problem, StringComparison.Ordinal);
        Assert.Null(ring.Find("good-key"));
    }

    [Fact]
    public void A_key_too_long_closes_the_ring_without_being_quoted()
    {
        var key = new string('k', ApiKeyRing.MaxKeyLength + 1);
        var ring = Ring(("long", key));
        Assert.NotNull(ring.Problem);
        Assert.DoesNotContain("kkk", ring.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_entries_close_the_ring()
    {
        Assert.NotNull(Ring().Problem);
        Assert.Null(Ring().Find(""));
        Assert.Null(Ring().Find("anything"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("first")]
    [InlineData("First-Key")]
    [InlineData("first-key2")]
    [InlineData("first-keÿ")]
    public void What_differs_is_no_key(string sent) => Assert.Null(Ring(("a", "first-key")).Find(sent));

    [Fact]
    public void Exactly_the_keys_are_found()
        => Gen.Select(Gen.String[Gen.Char['!', '~'], 1, 40].Array[1, 200], Gen.String[Gen.Char['!', '~'], 1, 40].Array[0, 50]).Sample((keys, others) =>
        {
            var ring = Ring([.. keys.Select((key, index) => ($"k{index}", key))]);
            Assert.All(keys, key => Assert.NotNull(ring.Find(key)));
            Assert.All(others.Except(keys), key => Assert.Null(ring.Find(key)));
        }, iter: 200);

    [Fact]
    public void A_lookup_allocates_nothing()
    {
        var ring = Ring(("a", "first-key"));
        ring.Find("first-key");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < 1000; time++)
            ring.Find("first-key");
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Ten_thousand_keys_cost_no_more_than_ten()
    {
        var few = Ring([.. Enumerable.Range(0, 10).Select(n => ($"k{n}", $"key-number-{n:D20}"))]);
        var many = Ring([.. Enumerable.Range(0, 10_000).Select(n => ($"k{n}", $"key-number-{n:D20}"))]);
        // The best of many turns: what a busy machine adds is never negative. A search through all keys would take a thousand times as long.
        var best = Enumerable.Range(0, 60).Select(_ => (Few: Time(few), Many: Time(many))).ToArray();
        var ratio = best.Min(turn => turn.Many) / best.Min(turn => turn.Few);
        Assert.True(ratio < 3, $"a lookup among 10,000 keys took {ratio:F2} times one among 10");

        static double Time(ApiKeyRing ring)
        {
            var started = Stopwatch.GetTimestamp();
            for (var time = 0; time < 500; time++)
                Assert.NotNull(ring.Find("key-number-00000000000000000007"));
            return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
    }
}
