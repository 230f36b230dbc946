using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace MockOperator.Kubernetes.Tests.Server;

/// <summary>Waits for a condition, with a deadline on the real clock, moving a fake clock meanwhile.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task HoldsAsync(Func<bool> condition, string what, FakeTimeProvider? time = null, TimeSpan? step = null, Func<string>? otherwise = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Deadline)
                Assert.Fail($"Not in {Deadline.TotalSeconds} s: {what}{(otherwise is null ? "" : $"; but {otherwise()}")}");
            await SettleAsync();
            if (condition())
                return;
            time?.Advance(step ?? TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Lets everything run that can run without the clock moving.</summary>
    public static async Task SettleAsync()
    {
        for (var i = 0; i < 20; i++)
            await Task.Yield();
        await Task.Delay(1);
    }

    public static async Task<T> InTimeAsync<T>(this Task<T> task, string what)
    {
        Assert.True(await Task.WhenAny(task, Task.Delay(Deadline)) == task, $"Not in {Deadline.TotalSeconds} s: {what}");
        return await task;
    }

    public static async Task InTimeAsync(this Task task, string what)
    {
        Assert.True(await Task.WhenAny(task, Task.Delay(Deadline)) == task, $"Not in {Deadline.TotalSeconds} s: {what}");
        await task;
    }
}
