using System.Globalization;
using System.Text;
using System.Threading.Channels;
using MockOperator.Kubernetes.Queueing;
using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>Follows one pod until it is told to stop, over every failure.</summary>
/// <remarks>
/// A stream that breaks is taken up behind the last event. Where there was none yet, what the pod remembers since <paramref name="since"/> is read once the stream is open, so that nothing falls
/// between them; what comes twice is told once.
/// </remarks>
/// <param name="pod">The pod.</param>
/// <param name="filter">Which calls.</param>
/// <param name="since">When the following began; null for a pod that came later, all calls of which belong to it.</param>
/// <param name="news">Where it is told. Waits while there is no room.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class PodFollower(PodCalls pod, CallFilter filter, DateTimeOffset? since, ChannelWriter<CallNews> news, TimeProvider time)
{
    private const int MostBefore = 1000;

    private static readonly Backoff Waits = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15), Jitter: 0.2);

    private readonly RecentIds _told = new(4096);
    private string? _lastEvent;
    private bool _isFirst = true;
    private bool _isTold;
    private bool _isOpen;
    private Silence? _silence;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            var began = time.GetTimestamp();
            _isOpen = false;
            try
            {
                await FollowAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && PodCalls.Explain(e) is { } silence)
            {
                // A stream that broke is no news if the next one opens.
                if (!_isOpen && _silence != silence.Reason)
                {
                    _silence = silence.Reason;
                    _isTold = false;
                    await news.WriteAsync(new CallNews.FellSilent(new SilentPod(pod.Name, silence.Reason, silence.Message)), cancellationToken);
                }
            }

            if (_isOpen && time.GetElapsedTime(began) > Waits.Cap)
                failures = 1;
            await Task.Delay(Waits.After(failures), time, cancellationToken);
        }
    }

    /// <summary>Follows one stream to its end.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var catchesUp = _lastEvent is null && !(_isFirst && since is not null);
        _isFirst = false;
        using var answer = await pod.OpenStreamAsync(filter, _lastEvent, cancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var (before, andMore) = catchesUp ? await BeforeAsync(cancellationToken) : ([], false);
        _isOpen = true;
        _silence = null;
        if (!_isTold)
            await TellAsync(new CallNews.Followed(pod.Name));
        _isTold = true;
        if (andMore)
            await TellAsync(new CallNews.Missed(pod.Name, null));
        foreach (var call in before)
            await TellOnceAsync(call);

        var events = new EventStream(stream, PodCalls.LongestCall);
        while (await events.NextAsync(cancellationToken) is { } next)
        {
            switch (next.Type)
            {
                case "call":
                    await TakeAsync(next);
                    break;
                case "missed":
                    await TellAsync(new CallNews.Missed(pod.Name, Number(next.Data)));
                    break;
                default:
                    // Of the future.
                    break;
            }
        }

        async Task TakeAsync(CallEvent next)
        {
            try
            {
                var call = next.Data is { } data ? CallReading.Call(data.Span) : throw new SilenceException(Silence.TooLong, "");
                _lastEvent = next.Id ?? call.Id;
                await TellOnceAsync(call);
            }
            catch (SilenceException)
            {
                // It would be no better the next time.
                _lastEvent = next.Id ?? _lastEvent;
                await TellAsync(new CallNews.Missed(pod.Name, 1));
            }
        }

        ValueTask TellOnceAsync(MockCall call) => _told.Add(call.Id) ? TellAsync(new CallNews.Served(pod.Name, call)) : ValueTask.CompletedTask;

        ValueTask TellAsync(CallNews what) => news.WriteAsync(what, cancellationToken);
    }

    /// <summary>What the pod remembers since the following began, the oldest first; at most <see cref="MostBefore"/>, of which more says <c>AndMore</c>.</summary>
    private async Task<(List<MockCall> Calls, bool AndMore)> BeforeAsync(CancellationToken cancellationToken)
    {
        var later = since is { } start && !(filter.Since > start) ? filter with { Since = start } : filter;
        var pages = new PodPages(pod, later, cursor: null, CallsPort.MostOfPage);
        var calls = new List<MockCall>();
        while (calls.Count < MostBefore)
        {
            await pages.FeedAsync(cancellationToken);
            if (pages.Silent is { } silent)
                throw new SilenceException(silent.Reason, silent.Why);
            if (pages.First is null)
                break;
            calls.Add(pages.Take().Call);
        }

        calls.Reverse();
        return (calls, pages.First is not null || pages.IsHungry);
    }

    private static long? Number(ReadOnlyMemory<byte>? data) =>
        data is { } text && long.TryParse(Encoding.UTF8.GetString(text.Span), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
