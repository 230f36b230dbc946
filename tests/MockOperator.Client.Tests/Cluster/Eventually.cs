using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace MockOperator.Client.Tests.Cluster;

/// <summary>Waits for a condition, with a deadline on the real clock, moving a fake clock meanwhile.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task HoldsAsync(Func<bool> condition, string what, FakeTimeProvider? time = null, TimeSpan? step = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Deadline, $"Not in {Deadline.TotalSeconds} s: {what}");
            await Task.Delay(2);
            time?.Advance(step ?? TimeSpan.FromMilliseconds(100));
        }
    }

    public static async Task<T> InTimeAsync<T>(this Task<T> task, string what, FakeTimeProvider? time = null, TimeSpan? step = null)
    {
        await HoldsAsync(() => task.IsCompleted, what, time, step);
        return await task;
    }
}
