using MockOperator.Operator.Control;

namespace MockOperator.Operator.Tests.Control;

public sealed class FairSlotsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void One_namespace_holds_at_most_as_many_turns_as_are_free()
    {
        var slots = new FairSlots(8);
        Assert.Equal(4, Take(slots, "a", 100));
        Assert.Equal(2, Take(slots, "b", 100));
        Assert.Equal(1, Take(slots, "c", 100));
        Assert.Equal(1, Take(slots, "d", 100));
        Assert.Equal(0, Take(slots, "e", 100));
    }

    [Fact]
    public async Task A_turn_that_is_given_back_goes_to_whoever_holds_the_fewest()
    {
        var slots = new FairSlots(2);
        IDisposable first = await slots.TakeAsync("a", Cancellation);
        IDisposable second = await slots.TakeAsync("b", Cancellation);
        Task<IDisposable> more = slots.TakeAsync("a", Cancellation);
        Task<IDisposable> other = slots.TakeAsync("c", Cancellation);

        second.Dispose();

        (await other.WaitAsync(TimeSpan.FromSeconds(20), Cancellation)).Dispose();
        Assert.False(more.IsCompleted);
        first.Dispose();
        (await more.WaitAsync(TimeSpan.FromSeconds(20), Cancellation)).Dispose();
    }

    [Fact]
    public async Task Who_leaves_the_queue_takes_no_turn_with_him()
    {
        var slots = new FairSlots(1);
        IDisposable held = await slots.TakeAsync("a", Cancellation);
        using var leaving = new CancellationTokenSource();
        Task<IDisposable> left = slots.TakeAsync("b", leaving.Token);
        Task<IDisposable> waiting = slots.TakeAsync("c", Cancellation);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        held.Dispose();

        (await waiting.WaitAsync(TimeSpan.FromSeconds(20), Cancellation)).Dispose();
        (await slots.TakeAsync("b", Cancellation)).Dispose();
    }

    private static int Take(FairSlots slots, string ns, int asked) =>
        Enumerable.Range(0, asked).Count(_ => slots.TakeAsync(ns, Cancellation).IsCompletedSuccessfully);
}
