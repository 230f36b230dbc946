using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>The calls that all pods of a mock remember, as one list. Each pod is asked through the API server, with the rights of whoever asks.</summary>
/// <remarks>
/// <para>Promises: a pod that cannot be asked spoils nothing, and is named with the reason; every wait and every answer is bounded; at most <see cref="MockPods.Most"/> pods are asked, eight at a
/// time. Which pods are the mock's is said by <see cref="MockPods"/>.</para>
/// <para>Does not: remember anything. Calls end with their pods.</para>
/// <para>Takes the rights <c>list</c> on <c>pods</c>, <c>get</c> and <c>create</c> on <c>pods/portforward</c>. Safe for use by many at once.</para>
/// </remarks>
public sealed class MockCalls : IDisposable
{
    private const int AtOnce = 8;
    private const int SmallestPage = 20;
    private const int MostNews = 1000;

    private readonly ApiTransport _transport;
    private readonly MockCallsOptions _options;
    private readonly TimeProvider _time;
    private readonly ObjectKey _mock;
    private readonly MockPods _pods;
    private readonly Dictionary<string, PodCalls> _connected = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Names the mock. Nothing is sent yet.</summary>
    /// <param name="client">The API server, with the credentials of whoever asks. Not disposed of.</param>
    /// <param name="mock">The MockServer.</param>
    /// <param name="options">How long is waited.</param>
    /// <param name="time">The clock of waits.</param>
    public MockCalls(ResourceClient client, ObjectKey mock, MockCallsOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _transport = client.Transport;
        _mock = mock;
        _options = options ?? new MockCallsOptions();
        _time = time ?? TimeProvider.System;
        _pods = new MockPods(client, mock);
    }

    /// <summary>Reads calls of all pods, newest first; those of one moment by id, the greater first, or as their pod has them.</summary>
    /// <remarks>
    /// Following <see cref="CallListing.Next"/> gives every call that was remembered at the first reading and still is, once, in order; calls that are answered meanwhile are newer than all that
    /// is still to come and do not appear.
    /// </remarks>
    /// <param name="filter">Which calls.</param>
    /// <param name="limit">Most calls, 1 to <see cref="CallsPort.MostOfPage"/>.</param>
    /// <param name="cursor"><see cref="CallListing.Next"/> of the listing before; null for the newest calls.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The calls, and the pods that did not tell theirs.</returns>
    /// <exception cref="ApiException">The mock's pods cannot be listed.</exception>
    /// <exception cref="FormatException">The cursor is none.</exception>
    public async Task<CallListing> ReadAsync(CallFilter filter, int limit = CallsPort.DefaultPage, string? cursor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, CallsPort.MostOfPage);
        var begin = cursor is null ? null : CallCursor.Parse(cursor);
        var found = await FindPodsAsync(cancellationToken);
        // Each pod gives its share and some more: rarely is a second page needed, and a hundred pods do not send a hundred listings for one.
        var size = Math.Min(limit, Math.Max(SmallestPage, 2 * limit / Math.Max(1, found.Pods.Count)));
        var pages = found.Pods.Select(pod => new PodPages(Connect(pod), filter, begin, size)).ToList();

        var calls = new List<PodCall>();
        while (calls.Count < limit)
        {
            if (pages.Any(p => p.IsHungry))
                await EachAsync(pages.Where(p => p.IsHungry), (p, ends) => p.FeedAsync(ends), cancellationToken);
            if (pages.Where(p => p.First is not null).MinBy(p => p.First!, Order) is not { } newest)
                break;
            calls.Add(newest.Take());
        }

        return new CallListing
        {
            Calls = calls,
            Next = pages.Any(p => p.First is not null || p.IsHungry) ? CallCursor.Behind(calls, begin).ToString() : null,
            Silent = [.. pages.Select(p => p.Silent).OfType<SilentPod>(), .. found.Unasked()],
            Pods = found.Pods.Count + found.LeftOut.Count,
            OwnersAreKnown = found.OwnersAreKnown,
            Remembered = pages.Sum(p => p.Remembered),
            Dropped = pages.Sum(p => p.Dropped),
        };
    }

    /// <summary>Tells of calls as they are answered, in the order in which they arrive here.</summary>
    /// <remarks>
    /// A pod's calls count from when it is <see cref="CallNews.Followed"/>, those of a pod that came later from its beginning. A connection that breaks is taken up where it was: no call is lost that
    /// the pod still remembers, and none is told twice. Whoever reads slowly makes the pods wait, which tell at last what they could not keep (<see cref="CallNews.Missed"/>).
    /// </remarks>
    /// <param name="filter">Which calls.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <returns>The news, without end.</returns>
    /// <exception cref="ApiException">The mock's pods cannot be listed: at the beginning, or because the right was taken away.</exception>
    public async IAsyncEnumerable<CallNews> FollowAsync(CallFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var news = Channel.CreateBounded<CallNews>(new BoundedChannelOptions(MostNews) { SingleReader = true });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = FollowPodsAsync(filter, news.Writer, end.Token);
        try
        {
            await foreach (var one in news.Reader.ReadAllAsync(cancellationToken))
                yield return one;
        }
        finally
        {
            await end.CancelAsync();
            await following;
        }
    }

    /// <summary>Finds a call, with everything that is remembered of it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The call; null when no pod that answered remembers it.</returns>
    /// <exception cref="ApiException">The mock's pods cannot be listed.</exception>
    public Task<Asked<PodCall?>> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return FirstAsync(async (pod, ends) => await pod.FindAsync(id, ends) is { } call ? new PodCall(pod.Name, call) : null, cancellationToken);
    }

    /// <summary>Reads the body of a call.</summary>
    /// <param name="id">Id of the call.</param>
    /// <param name="side">Whose body.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The bytes that are remembered; null when no pod that answered remembers the call.</returns>
    /// <exception cref="ApiException">The mock's pods cannot be listed.</exception>
    public Task<Asked<BodyBytes?>> ReadBodyAsync(string id, CallSide side, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return FirstAsync((pod, ends) => pod.ReadBodyAsync(id, side, ends), cancellationToken);
    }

    /// <summary>Has all pods forget their calls.</summary>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>How many pods forgot.</returns>
    /// <exception cref="ApiException">The mock's pods cannot be listed.</exception>
    public async Task<Asked<int>> ForgetAsync(CancellationToken cancellationToken = default)
    {
        var (answers, silent) = await AskAsync(
            async (pod, ends) =>
            {
                await pod.ForgetAsync(ends);
                return true;
            },
            cancellationToken);
        return new Asked<int>(answers.Count, silent);
    }

    /// <summary>Has the pod that remembers a call forget it.</summary>
    /// <param name="id">Id of the call.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether there was such a call.</returns>
    /// <exception cref="ApiException">The mock's pods cannot be listed.</exception>
    public async Task<Asked<bool>> ForgetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var (answers, silent) = await AskAsync((pod, ends) => pod.ForgetAsync(id, ends), cancellationToken);
        return new Asked<bool>(answers.Contains(true), silent);
    }

    /// <summary>Closes all connections to pods; what is under way ends as if the pods were gone.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var pod in _connected.Values)
                pod.Dispose();
            _connected.Clear();
        }
    }

    private static readonly Comparer<MockCall> Order = Comparer<MockCall>.Create(PodCall.Compare);

    private static Task EachAsync<T>(IEnumerable<T> things, Func<T, CancellationToken, Task> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            things.ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (thing, ends) => await act(thing, ends));

    private async Task<Asked<T?>> FirstAsync<T>(Func<PodCalls, CancellationToken, Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var (answers, silent) = await AskAsync(ask, cancellationToken);
        return new Asked<T?>(answers.FirstOrDefault(a => a is not null), silent);
    }

    private async Task<(List<T> Answers, IReadOnlyList<SilentPod> Silent)> AskAsync<T>(Func<PodCalls, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var found = await FindPodsAsync(cancellationToken);
        var answers = new List<T>();
        var silent = new List<SilentPod>(found.Unasked());
        await EachAsync(
            found.Pods,
            async (pod, ends) =>
            {
                try
                {
                    var answer = await ask(Connect(pod), ends);
                    lock (answers)
                        answers.Add(answer);
                }
                catch (SilenceException e)
                {
                    lock (silent)
                        silent.Add(new SilentPod(pod.Name, e.Reason, e.Message));
                }
            },
            cancellationToken);
        return (answers, silent);
    }

    /// <summary>Looks for pods again and again, and follows those that are there. Ends by cancellation only, or closes the news with the reason.</summary>
    private async Task FollowPodsAsync(CallFilter filter, ChannelWriter<CallNews> news, CancellationToken cancellationToken)
    {
        var followed = new Dictionary<string, (Task Run, CancellationTokenSource End)>(StringComparer.Ordinal);
        DateTimeOffset? since = _time.GetUtcNow();
        Exception? end = null;
        try
        {
            while (true)
            {
                foreach (var broken in followed.Values.Where(one => one.Run.IsFaulted))
                    await broken.Run;
                try
                {
                    var found = await FindPodsAsync(cancellationToken);
                    foreach (var pod in found.Pods.Where(pod => !followed.ContainsKey(pod.Uid)))
                    {
                        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                        followed[pod.Uid] = (new PodFollower(Connect(pod), filter, since, news, _time).RunAsync(stop.Token), stop);
                    }

                    foreach (var uid in followed.Keys.Except(found.Pods.Select(pod => pod.Uid), StringComparer.Ordinal).ToList())
                    {
                        await LeaveAsync(followed[uid]);
                        followed.Remove(uid);
                    }

                    // Who was not there at the first look came later.
                    since = null;
                }
                catch (ApiException e) when (since is null && e.Kind == ApiFailure.Unavailable)
                {
                    // Those that are followed need no API server for it.
                }

                await Task.Delay(_options.LookEvery, _time, cancellationToken);
            }
        }
        catch (Exception e)
        {
            end = e is OperationCanceledException && cancellationToken.IsCancellationRequested ? null : e;
        }

        foreach (var one in followed.Values)
            await LeaveAsync(one);
        news.TryComplete(end);
    }

    private static async Task LeaveAsync((Task Run, CancellationTokenSource End) follower)
    {
        await follower.End.CancelAsync();
        await follower.Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        follower.End.Dispose();
    }

    private async Task<FoundPods> FindPodsAsync(CancellationToken cancellationToken)
    {
        var found = await _pods.FindAsync(cancellationToken);
        var there = found.Pods.Select(pod => pod.Uid).ToHashSet(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var uid in _connected.Keys.Where(uid => !there.Contains(uid)).ToList())
            {
                _connected[uid].Dispose();
                _connected.Remove(uid);
            }
        }

        return found;
    }

    private PodCalls Connect(FoundPods.Pod pod)
    {
        lock (_gate)
        {
            if (!_connected.TryGetValue(pod.Uid, out var calls))
                _connected[pod.Uid] = calls = new PodCalls(_transport, new ObjectKey(_mock.Namespace, pod.Name), _time, _options.Patience);
            return calls;
        }
    }
}
