using System.Net;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;

namespace MockOperator.Kubernetes.Watching;

/// <summary>Keeps one namespace of a store equal to the server: list, swap, watch, for ever.</summary>
/// <remarks>
/// <para>Promises: after any outage of any length the store becomes equal to a fresh list; content is swapped only for a complete list (I3), so a paging that
/// fails midway leaves the old; a dropped watch goes on from the last version without a new list; an expired version (410, as status or as event, from list or
/// watch) leads to a new list at once, and to waiting when that expires too; it ticks while it waits (I6); an object that cannot be read is logged, counted
/// and left as it was, and the others go on.</para>
/// <para>Does not promise: to deliver each of several quick changes; only the last state.</para>
/// </remarks>
/// <typeparam name="T">The kind.</typeparam>
public sealed partial class Reflector<T> : IReflector
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(30);

    // A server that accepts watches and drops them would otherwise be asked as fast as it answers.
    private static readonly TimeSpan ShortestUsefulWatch = TimeSpan.FromSeconds(1);

    private readonly ResourceClient _client;
    private readonly WatchStream _watch;
    private readonly StorePartition<T> _partition;
    private readonly StoreOptions<T> _what;
    private readonly ReflectorOptions _options;
    private readonly TimeProvider _time;
    private readonly OperatorMetrics? _metrics;
    private readonly ILogger _log;
    private readonly string _kind = ResourceKind.Of<T>().Kind;
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastProgress;

    /// <summary>Makes a reflector.</summary>
    /// <param name="client">Lists; its connections are watched on.</param>
    /// <param name="partition">What to keep up to date.</param>
    /// <param name="what">Selectors, page size and what to keep of an object.</param>
    /// <param name="options">Lengths and waits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="metrics">Counts restarts and events; null for nowhere.</param>
    public Reflector(
        ResourceClient client,
        StorePartition<T> partition,
        StoreOptions<T> what,
        ILogger log,
        ReflectorOptions? options = null,
        TimeProvider? time = null,
        OperatorMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _partition = partition;
        _what = what;
        _options = options ?? new ReflectorOptions();
        _time = time ?? TimeProvider.System;
        _watch = new WatchStream(client.Transport, client.Json, _time);
        _metrics = metrics;
        _log = log;
        Tick();
    }

    /// <inheritdoc/>
    public string Description => _partition.Namespace.Length == 0 ? _kind : $"{_kind} in {_partition.Namespace}";

    /// <inheritdoc/>
    public DateTimeOffset LastProgress => new(Interlocked.Read(ref _lastProgress), TimeSpan.Zero);

    /// <inheritdoc/>
    public bool HasListed => _partition.IsSynced;

    /// <inheritdoc/>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public Task Tried => _tried.Task;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? version = null;
        var failures = 0;
        var lastFailure = _time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            Tick();
            try
            {
                version ??= await ListAsync(cancellationToken);
                Problem = null;
                _tried.TrySetResult();
                var begun = _time.GetTimestamp();
                var moved = false;
                await foreach (var seen in WatchAsync(version, cancellationToken))
                {
                    version = seen;
                    moved = true;
                }

                if (!moved && _time.GetElapsedTime(begun) < ShortestUsefulWatch)
                    throw new ApiException($"WATCH {_kind}: closed at once", ApiError.NoAnswer("closed at once"));
                _metrics?.WatchRestarts.WithLabels(_kind, "closed").Inc();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException e)
            {
                failures = _time.GetElapsedTime(lastFailure) > _options.Calm ? 1 : failures + 1;
                lastFailure = _time.GetTimestamp();
                if (e.Kind == ApiFailure.Expired)
                    version = null;
                _metrics?.WatchRestarts.WithLabels(_kind, e.Kind == ApiFailure.Expired ? "expired" : "error").Inc();
                Problem = e.Message;
                _tried.TrySetResult();
                if (_what.IsOptional && e.Kind == ApiFailure.NotFound)
                {
                    LogGone(Description);
                    return;
                }

                var wait = WaitAfter(e, failures);
                LogInterrupted(Description, e.Message, wait.TotalSeconds);
                await WaitAsync(wait, cancellationToken);
            }
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var unreadable = new HashSet<ObjectKey>();
        var query = new ListQuery
        {
            Namespace = _partition.Namespace,
            LabelSelector = _what.LabelSelector,
            FieldSelector = _what.FieldSelector,
            Limit = _what.PageSize,
        };
        string version;
        do
        {
            var page = await _client.ListPageAsync<T>(query, cancellationToken);
            foreach (var item in page.Items)
            {
                if (TryKeep(item) is { } kept)
                    items.Add(kept);
                else
                    unreadable.Add(ObjectKey.Of(item));
            }

            foreach (var problem in page.Unreadable)
            {
                Report(problem);
                if (problem.Key is { } key)
                    unreadable.Add(key);
            }

            version = page.ResourceVersion;
            query = query with { Continue = page.Continue };
            Tick();
        }
        while (query.Continue is not null);

        _partition.Replace(items, version, unreadable);
        LogListed(Description, items.Count, version);
        return version;
    }

    private async IAsyncEnumerable<string> WatchAsync(
        string version, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var span = _options.LongestWatch - _options.ShortestWatch;
        var query = new WatchQuery
        {
            Namespace = _partition.Namespace,
            LabelSelector = _what.LabelSelector,
            FieldSelector = _what.FieldSelector,
            ResourceVersion = version,
            Duration = _options.ShortestWatch + (span * _options.Random.NextDouble()),
            LongestEvent = _what.LongestEvent,
        };
        await foreach (var @event in _watch.OpenAsync<T>(query, cancellationToken))
        {
            Tick();
            switch (@event.Kind)
            {
                case WatchEventKind.Added or WatchEventKind.Modified:
                    if (TryKeep(@event.Entity!) is { } kept)
                        _partition.Upsert(kept);
                    break;
                case WatchEventKind.Deleted:
                    _partition.Remove(@event.Entity!);
                    break;
                case WatchEventKind.Bookmark when @event.ResourceVersion is { } seen:
                    _partition.Bookmark(seen);
                    break;
                case WatchEventKind.Unreadable:
                    Report(@event.Unreadable!);
                    break;
                case WatchEventKind.Error:
                    throw new ApiException($"WATCH {_kind}: {(int)@event.Error!.Code} {@event.Error.Reason}: {@event.Error.Message}", @event.Error);
            }

            if (@event.ResourceVersion is { Length: > 0 } progressed)
                yield return progressed;
        }
    }

    /// <summary>What is kept of an object; null when that fails, for one strange object must not stop the others.</summary>
    private T? TryKeep(T item)
    {
        try
        {
            return _what.Keep(item);
        }
        catch (Exception e)
        {
            Report(new UnreadableObject(ObjectKey.Of(item), item.Metadata?.ResourceVersion, e.GetType().Name));
            return null;
        }
    }

    private TimeSpan WaitAfter(ApiException e, int failures)
    {
        // The first expiry is what a long outage always ends with: a new list at once. One that repeats waits like any failure.
        if (e.Kind == ApiFailure.Expired && failures == 1)
            return TimeSpan.Zero;
        var backoff = _options.Backoff.After(failures, _options.Random);
        return e.Error is { Code: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, RetryAfter: { } asked } && asked > backoff
            ? (asked < _options.Calm ? asked : _options.Calm)
            : backoff;
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        while (wait > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
        {
            var step = wait < LongestTick ? wait : LongestTick;
            await Task.Delay(step, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait -= step;
            Tick();
        }
    }

    private void Tick() => Interlocked.Exchange(ref _lastProgress, _time.GetUtcNow().UtcTicks);

    private void Report(UnreadableObject problem)
    {
        _metrics?.UnreadableObjects.WithLabels(_kind).Inc();
        LogUnreadable(_kind, problem.Key?.ToString() ?? "of unknown name", problem.Problem);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Listed {What}: {Count} objects at version {Version}")]
    private partial void LogListed(string what, int count, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server has no {What} any more")]
    private partial void LogGone(string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Watching {What} was interrupted, going on in {Seconds:0.0} s: {Why}")]
    private partial void LogInterrupted(string what, string why, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Kind} ({Name}) cannot be read and stays as it was last seen: {Problem}")]
    private partial void LogUnreadable(string kind, string name, string problem);
}
