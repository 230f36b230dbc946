using System.Diagnostics;

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>Waits for a condition with a deadline; one that does not come true fails with what was seen last and the state of the cluster.</summary>
internal static class Eventually
{
    /// <summary>Ample for a busy machine with two cores: no test is about how long something takes.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>Waits until <paramref name="look"/> gives something; it gives null, or throws, while it is not so yet.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> look, Func<Task<string>> state, TimeSpan? deadline = null)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        Exception? last = null;
        while (watch.Elapsed < (deadline ?? Deadline))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (await look() is { } found)
                    return found;
                last = null;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                last = exception;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"not so within {(deadline ?? Deadline).TotalSeconds:0} s: {what}\nlast error: {last?.Message ?? "none"}\n{await state()}");
        throw new UnreachableException();
    }

    public static Task TrueAsync(string what, Func<Task<bool>> look, Func<Task<string>> state, TimeSpan? deadline = null) =>
        GetAsync(what, async () => await look() ? what : null, state, deadline);
}
