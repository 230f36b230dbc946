using System.Diagnostics;

namespace MockOperator.Cluster.Tests.Consoles;

/// <summary>Reads lines as they come, and knows when one was seen.</summary>
internal sealed class Follower
{
    private readonly Lock _gate = new();
    private readonly List<(string Line, long At)> _lines = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Follower(StreamReader reader) => _ = FollowAsync(reader);

    /// <summary>When what was asked for last came.</summary>
    public long SeenAt { get; private set; }

    /// <summary>Waits for a line with a text.</summary>
    /// <returns>Whether one came in time.</returns>
    public async Task<bool> SeesAsync(string text, TimeSpan patience)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(patience);
        while (true)
        {
            Task news;
            lock (_gate)
            {
                var at = _lines.FindIndex(line => line.Line.Contains(text, StringComparison.Ordinal));
                if (at >= 0)
                {
                    SeenAt = _lines[at].At;
                    return true;
                }

                news = _news.Task;
            }

            try
            {
                await news.WaitAsync(end.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    private async Task FollowAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (_gate)
                {
                    _lines.Add((line, Stopwatch.GetTimestamp()));
                    _news.TrySetResult();
                    _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or HttpRequestException)
        {
            // Whoever wrote has gone.
        }
    }
}
