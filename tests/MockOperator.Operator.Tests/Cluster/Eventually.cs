using System.Runtime.CompilerServices;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>Waits for something that becomes true by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition, Func<string>? otherwise = null, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        TrueAsync(() => Task.FromResult(condition()), otherwise, what);

    public static Task TrueAsync(Func<Task<bool>> condition, Func<string>? otherwise = null, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        TrueAsync(s_deadline, condition, otherwise, what);

    public static async Task TrueAsync(TimeSpan deadline, Func<Task<bool>> condition, Func<string>? otherwise = null, [CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        DateTime end = DateTime.UtcNow + deadline;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, $"did not become true in {deadline.TotalSeconds} s: {what}\n{otherwise?.Invoke()}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
