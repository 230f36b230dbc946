using CsCheck;
using MockOperator.Runtime.Connections;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Tests.Connections;

public sealed class HeadAccountTests
{
    private readonly MemoryBudget _budget = new(128 * 1024);
    private bool _isRefused;

    [Fact]
    public void An_ordinary_head_takes_nothing()
    {
        HeadAccount head = Account();
        head.Arrived(HeadAccount.FreeBytes);
        head.Consumed(HeadAccount.FreeBytes);
        head.Close();
        Assert.Equal((0, 0), (_budget.Used, _budget.Peak));
    }

    [Fact]
    public void A_long_head_takes_twice_its_length_at_least_and_gives_it_back_with_its_request()
    {
        HeadAccount head = Account();
        for (int line = 0; line < 4; line++)
        {
            head.Arrived(2000);
            head.Consumed(2000);
        }

        Assert.InRange(_budget.Used, 2 * 8000, 4 * 8000);
        head.Close();
        Assert.InRange(_budget.Used, 2 * 8000, 4 * 8000);
        head.Reopen();
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public async Task A_body_that_is_still_read_while_its_request_ends_leaves_nothing_taken()
    {
        var budget = new MemoryBudget(1024 * 1024);
        var head = new HeadAccount(budget, static () => false, static () => { });
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var both = new Barrier(2);
        await Task.WhenAll(
            Task.Run(
                () =>
                {
                    both.SignalAndWait(cancel);
                    for (int part = 0; part < 2_000_000; part++)
                    {
                        head.Arrived(4000 * (1 + (part % 8)));
                    }
                },
                cancel),
            Task.Run(
                () =>
                {
                    both.SignalAndWait(cancel);
                    for (int request = 0; request < 2_000_000; request++)
                    {
                        head.Reopen();
                    }
                },
                cancel));
        head.Reopen();
        Assert.Equal((0, 0), (budget.Used, head.Taken));
    }

    [Fact]
    public void What_comes_of_a_body_along_with_a_head_takes_nothing_once_the_head_is_known()
    {
        HeadAccount head = Account();
        head.Arrived(8000);
        Assert.InRange(_budget.Used, 16_000, 32_000);
        head.Consumed(300);
        head.Close();
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void The_rest_of_a_body_that_nobody_wanted_is_no_head_however_long_it_is()
    {
        var budget = new MemoryBudget(512 * 1024);
        var head = new HeadAccount(budget, static () => false, () => _isRefused = true);
        for (int part = 0; part < 1000; part++)
        {
            head.Arrived(8000);
            head.Consumed(8000);
        }

        Assert.False(_isRefused);
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void When_there_is_no_memory_somebody_makes_room_or_the_connection_ends()
    {
        HeadAccount first = Account();
        first.Arrived(20_000);
        bool isRoomMade = false;
        var second = new HeadAccount(
            _budget,
            () =>
            {
                first.GiveBack();
                return isRoomMade = true;
            },
            () => _isRefused = true);
        second.Arrived(20_000);
        Assert.Equal((true, false), (isRoomMade, _isRefused));
        Assert.InRange(_budget.Used, 40_000, 64 * 1024);
        Account().Arrived(20_000);
        Assert.True(_isRefused);
    }

    [Fact]
    public void However_long_those_take_who_make_room_a_quarter_more_than_the_budget_is_the_most()
    {
        var budget = new MemoryBudget(1024 * 1024);
        int refused = 0;
        for (int client = 0; client < 6000; client++)
        {
            var head = new HeadAccount(budget, static () => true, () => refused++);
            head.Arrived(60_000);
        }

        Assert.InRange(budget.Peak, 1024 * 1024, 1024 * 1280);
        Assert.InRange(refused, 5950, 5999);
    }

    [Fact]
    public void Whatever_comes_the_budget_has_back_what_was_taken() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 20_000]).Array[0, 40].Sample(steps =>
        {
            var budget = new MemoryBudget(100_000);
            var head = new HeadAccount(budget, static () => true, static () => { });
            foreach ((int step, int bytes) in steps)
            {
                switch (step)
                {
                    case 0:
                        head.Close();
                        break;
                    case 1:
                        head.Reopen();
                        break;
                    default:
                        if (head.IsOpen)
                        {
                            head.Arrived(bytes);
                            head.Consumed(bytes / 2);
                        }

                        break;
                }

                Assert.Equal(head.Taken, budget.Used);
            }

            head.GiveBack();
            Assert.Equal(0, budget.Used);
        });

    private HeadAccount Account() => new(_budget, static () => false, () => _isRefused = true);
}
