using k8s.Models;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;

namespace MockOperator.Kubernetes.Leadership;

/// <summary>Elects one of several processes by a Lease.</summary>
/// <remarks>
/// <para>Promises: it leads only while its last successful renewal, counted from before the request was sent, is younger than the renew deadline; a lease of another is
/// taken only when it was not seen to change for the duration written in it, by this process's monotonic clock (clocks of machines are never compared); a lease with an
/// empty, null or missing holder is taken at once; a renewal that comes back too late counts for nothing; on stop the lease is released once the work has ended.</para>
/// <para>Does not promise mutual exclusion: a process that was frozen may finish a write it had begun. Writes must be harmless when repeated, or carry a precondition.</para>
/// </remarks>
public sealed partial class LeaseElector
{
    private static readonly TimeSpan StuckMargin = TimeSpan.FromSeconds(20);

    private readonly LeaseOptions _options;
    private readonly ILeaseApi _api;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly OperatorMetrics? _metrics;
    private readonly Random _random;
    private V1Lease? _observed;
    private long _observedAt;
    private long _renewedAt;
    private volatile bool _leads;

    /// <summary>Makes an elector.</summary>
    /// <param name="options">Which lease, as whom, how long.</param>
    /// <param name="api">The lease.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Shows who leads; null for nowhere.</param>
    /// <param name="random">Source of jitter.</param>
    public LeaseElector(LeaseOptions options, ILeaseApi api, ILogger log, TimeProvider? time = null, OperatorMetrics? metrics = null, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _options = options;
        _api = api;
        _log = log;
        _time = time ?? TimeProvider.System;
        _metrics = metrics;
        _random = random ?? Random.Shared;
        _metrics?.MasterStatus.WithLabels(options.Name).Set(0);
        _metrics?.SlowPath.WithLabels(options.Name).Publish();
    }

    /// <summary>Whether this process leads now.</summary>
    public bool IsLeader => _leads && _time.GetElapsedTime(Interlocked.Read(ref _renewedAt)) < _options.RenewDeadline;

    /// <summary>Who was last seen holding the lease; null for nobody.</summary>
    public string? ObservedHolder => _observed?.Spec?.HolderIdentity is { Length: > 0 } holder ? holder : null;

    /// <summary>Whether this process believes to lead but has not renewed for so long that its loop must be stuck: a reason to restart it.</summary>
    public bool IsStuck => _leads && _time.GetElapsedTime(Interlocked.Read(ref _renewedAt)) > _options.Duration + StuckMargin;

    /// <summary>Waits for the lease, leads, and returns when that is over.</summary>
    /// <param name="lead">The work of the leader; its token is cancelled on loss and on stop.</param>
    /// <param name="stop">Ends waiting and leading.</param>
    /// <returns>Why it is over, after <paramref name="lead"/> has ended.</returns>
    public async Task<LeadershipEnd> RunAsync(Func<CancellationToken, Task> lead, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(lead);
        if (!await AcquireAsync(stop))
            return LeadershipEnd.Stopped;

        _leads = true;
        _metrics?.MasterStatus.WithLabels(_options.Name).Set(1);
        LogLeading(_options.Identity);
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var work = Task.Run(() => lead(leading.Token), CancellationToken.None);
        var held = await HoldAsync(work);
        _leads = false;
        _metrics?.MasterStatus.WithLabels(_options.Name).Set(0);
        await leading.CancelAsync();
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (leading.IsCancellationRequested)
        {
            // The usual way for the work to end.
        }
        finally
        {
            if (held)
                await ReleaseAsync();
        }

        if (!held)
            LogLost(_options.Identity, ObservedHolder ?? "nobody");
        return held ? (stop.IsCancellationRequested ? LeadershipEnd.Stopped : LeadershipEnd.WorkEnded) : LeadershipEnd.Lost;
    }

    private async Task<bool> AcquireAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var sent = _time.GetTimestamp();
            if (await TryAsync(_options.RenewDeadline, stop) && _time.GetElapsedTime(sent) < _options.RenewDeadline)
            {
                Interlocked.Exchange(ref _renewedAt, sent);
                return true;
            }

            await PauseAsync(stop);
        }

        return false;
    }

    /// <summary>Renews until the work ends (true) or the lease is lost (false).</summary>
    private async Task<bool> HoldAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            var left = _options.RenewDeadline - _time.GetElapsedTime(_renewedAt);
            if (left <= TimeSpan.Zero)
                return false;

            using (var pause = new CancellationTokenSource())
            {
                await Task.WhenAny(work, Task.Delay(left < _options.RetryPeriod ? left : _options.RetryPeriod, _time, pause.Token));
                await pause.CancelAsync();
            }

            if (work.IsCompleted)
                return true;
            left = _options.RenewDeadline - _time.GetElapsedTime(_renewedAt);
            if (left <= TimeSpan.Zero)
                return false;
            var sent = _time.GetTimestamp();
            if (await TryAsync(left, CancellationToken.None))
            {
                // Late answers count for nothing: by now another may have taken the lease.
                if (_time.GetElapsedTime(_renewedAt) >= _options.RenewDeadline)
                    return false;
                Interlocked.Exchange(ref _renewedAt, sent);
            }
            else if (ObservedHolder != _options.Identity)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One attempt to take or renew the lease, given up at its deadline.</summary>
    private async Task<bool> TryAsync(TimeSpan deadline, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            return await TakeOrRenewAsync(either.Token).WaitAsync(either.Token);
        }
        catch (ApiException e) when (e.Kind is ApiFailure.Conflict or ApiFailure.AlreadyExists)
        {
            LogConflict(e.Message);
        }
        catch (ApiException e)
        {
            LogUnreachable(e.Message);
        }
        catch (OperationCanceledException)
        {
            LogUnreachable(stop.IsCancellationRequested ? "stopping" : "no answer in time");
        }

        return false;
    }

    private async Task<bool> TakeOrRenewAsync(CancellationToken cancellationToken)
    {
        if (_leads && ObservedHolder == _options.Identity)
        {
            try
            {
                Observe(await _api.ReplaceAsync(Renewed(_observed!), cancellationToken));
                return true;
            }
            catch (ApiException e) when (e.Kind is ApiFailure.Conflict or ApiFailure.AlreadyExists)
            {
                _metrics?.SlowPath.WithLabels(_options.Name).Inc();
            }
        }

        var current = await _api.GetAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (current is null)
        {
            Observe(await _api.CreateAsync(Renewed(new V1Lease()), cancellationToken));
            return true;
        }

        if (_observed is null || _observed.Metadata.ResourceVersion != current.Metadata.ResourceVersion)
            Observe(current);
        var theirs = TimeSpan.FromSeconds(current.Spec?.LeaseDurationSeconds ?? 0);
        if (ObservedHolder is { } holder && holder != _options.Identity && (_leads || _time.GetElapsedTime(_observedAt) < theirs))
            return false;
        Observe(await _api.ReplaceAsync(Renewed(current), cancellationToken));
        return true;
    }

    private void Observe(V1Lease lease)
    {
        _observed = lease;
        _observedAt = _time.GetTimestamp();
    }

    private V1Lease Renewed(V1Lease current)
    {
        var now = Micro(_time.GetUtcNow().UtcDateTime);
        var ours = current.Spec?.HolderIdentity == _options.Identity;
        return new V1Lease
        {
            Metadata = new V1ObjectMeta
            {
                Name = _options.Name,
                NamespaceProperty = _options.Namespace,
                ResourceVersion = current.Metadata?.ResourceVersion,
                Labels = current.Metadata?.Labels,
                Annotations = current.Metadata?.Annotations,
                OwnerReferences = current.Metadata?.OwnerReferences,
            },
            Spec = new V1LeaseSpec
            {
                HolderIdentity = _options.Identity,
                LeaseDurationSeconds = (int)Math.Ceiling(_options.Duration.TotalSeconds),
                AcquireTime = ours ? current.Spec!.AcquireTime : now,
                RenewTime = now,
                LeaseTransitions = (current.Spec?.LeaseTransitions ?? 0) + (ours ? 0 : 1),
            },
        };
    }

    private async Task ReleaseAsync()
    {
        if (ObservedHolder != _options.Identity)
            return;
        var released = Renewed(_observed!);
        released.Spec.HolderIdentity = "";
        // As client-go does: a short duration lets also those in who do not know the empty holder.
        released.Spec.LeaseDurationSeconds = 1;
        try
        {
            using var late = new CancellationTokenSource(_options.RetryPeriod, _time);
            _observed = await _api.ReplaceAsync(released, late.Token);
            LogReleased(_options.Identity);
        }
        catch (Exception e) when (e is ApiException or OperationCanceledException)
        {
            // Not fatal: the lease runs out by itself.
            LogUnreachable(e.Message);
        }
    }

    private async Task PauseAsync(CancellationToken stop) =>
        await Task.Delay(_options.RetryPeriod * (1 + (0.2 * _random.NextDouble())), _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>The API wants a fraction in these times, and the serialiser leaves it out of whole seconds.</summary>
    private static DateTime Micro(DateTime time) => time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.AddMicroseconds(1) : time;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} leads")]
    private partial void LogLeading(string identity);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Identity} no longer leads; the lease is held by {Holder}")]
    private partial void LogLost(string identity, string holder);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} released the lease")]
    private partial void LogReleased(string identity);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The lease was changed by another: {Why}")]
    private partial void LogConflict(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease cannot be reached: {Why}")]
    private partial void LogUnreachable(string why);
}
