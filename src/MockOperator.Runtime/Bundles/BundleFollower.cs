using System.Runtime.CompilerServices;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Volumes;

namespace MockOperator.Runtime.Bundles;

/// <summary>
/// Keeps one mock at what its bundle says: the mounted directory, or what was pushed ahead of it (<see cref="BundlePrecedence"/>). Links are polled, not watched: a poll costs microseconds,
/// works on every volume and cannot lose an event. Pushes are taken over by the same loop, so that what is served has one writer.
/// </summary>
internal sealed partial class BundleFollower : IDisposable
{
    /// <summary>Time between two looks at the directory.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    /// <summary>Time between two looks while somebody waits for a revision.</summary>
    public static readonly TimeSpan AwaitedInterval = TimeSpan.FromMilliseconds(50);
    private readonly string _bundleDirectory;
    private readonly string _secretsDirectory;
    private readonly ILogger<BundleFollower> _log;
    private readonly BundleActivation _activation;
    private readonly BundlePrecedence _precedence;
    private readonly FaultBackoff _faults;
    private readonly SemaphoreSlim _nudge = new(0, 1);
    private string? _bundleFingerprint;
    private string? _secretsFingerprint;

    /// <summary>Prepares to follow a directory.</summary>
    public BundleFollower(
        string bundleDirectory,
        string secretsDirectory,
        MockDirectory mocks,
        RuntimeState state,
        MockMetrics metrics,
        TimeProvider time,
        ILogger<BundleFollower> log)
    {
        _bundleDirectory = bundleDirectory;
        _secretsDirectory = secretsDirectory;
        _log = log;
        _precedence = new BundlePrecedence(time, log);
        _faults = new FaultBackoff(time);
        _activation = new BundleActivation(secretsDirectory, mocks, state, metrics, time, log);
        Status.Awaited = Nudge;
        Pushes = new PushSlot(Nudge);
    }

    /// <summary>What is served, for the control port.</summary>
    public BundleStatus Status => _activation.Status;

    /// <summary>Where pushed bundles are handed in.</summary>
    public PushSlot Pushes { get; }

    /// <summary>Follows the directory and takes over what is pushed, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                Look();
                await _nudge.WaitAsync(Status.IsAwaited ? AwaitedInterval : Interval, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }

        Pushes.Close();
    }

    /// <summary>Takes over what was pushed, looks at the directories once and takes over what has changed.</summary>
    public void Look()
    {
        TakeOverPush();
        string seen = "";
        try
        {
            string bundle = MountedVolume.Fingerprint(_bundleDirectory);
            string secrets = MountedVolume.Fingerprint(_secretsDirectory);
            seen = bundle + secrets;
            if (_faults.Holds(seen))
            {
                return;
            }

            Follow(bundle != _bundleFingerprint, secrets != _secretsFingerprint);
            _bundleFingerprint = bundle;
            _secretsFingerprint = secrets;
            _faults.Clear();
        }
#pragma warning disable CA1031 // Nothing that lies in a directory may end the process or stop later reloads.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fail(seen, fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Status.Awaited = null;
        Pushes.Dispose();
        _nudge.Dispose();
    }

    private void Nudge()
    {
        try
        {
            _nudge.Release();
        }
        catch (SemaphoreFullException)
        {
            // A look is on its way already.
        }
    }

    /// <summary>Tells what nobody foresaw, and has everything looked at again: memory that was short may be there later.</summary>
    private void Fail(string seen, Exception fault)
    {
        _bundleFingerprint = null;
        _secretsFingerprint = null;
        if (!_faults.Holds(seen))
        {
            int seconds = (int)_faults.Failed(seen).TotalSeconds;
            LogFault(_bundleDirectory, seconds, fault);
            _activation.Fail(null, $"What is mounted cannot be taken over for a reason that nobody foresaw ({fault.GetBaseException().GetType().Name}; the pod's log says more). It is tried again after {seconds} s.", final: false);
        }
    }

    private void Follow(bool isMountNew, bool areSecretsNew)
    {
        if (isMountNew || areSecretsNew)
        {
            _activation.RefreshKeys();
        }
        else if (!_precedence.IsOverdue)
        {
            return;
        }

        var mounted = new MountedFiles(_bundleDirectory);
        bool isMountToLoad = _precedence.TryEndOverlay(mounted, isMountNew, out bool isServedAlready) ? !isServedAlready || areSecretsNew : isMountNew || areSecretsNew;
        if (_precedence.Overlay is { } overlay)
        {
            if (areSecretsNew)
            {
                Load(overlay.Files);
            }
        }
        else if (isMountToLoad)
        {
            Load(mounted);
        }
    }

    private void Load(IBundleFiles files) => LoadFootprint.Release(Activate(files));

    /// <returns>Bytes of the document. It is given back once this has returned, when nothing here refers to it any more.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Activate(IBundleFiles files)
    {
        switch (BundleReader.Read(files))
        {
            case BundleReading.Complete complete:
                _precedence.Found(complete.Bundle.Index);
                if (_activation.Activate(complete.Bundle) is { } problem)
                {
                    _activation.Fail(complete.Bundle.Index, problem, final: true);
                }

                return LoadFootprint.BytesOf(complete.Bundle.Index);
            case BundleReading.Incomplete incomplete:
                _precedence.Found(incomplete.Index);
                _activation.Fail(incomplete.Index, incomplete.Problem, final: false);
                break;
            case BundleReading.Broken broken:
                _precedence.Found(broken.Index);
                _activation.Fail(broken.Index, broken.Problem, final: true);
                break;
        }

        return 0;
    }

    private void TakeOverPush()
    {
        if (Pushes.Take() is not { } pending)
        {
            return;
        }

        PushRefusal? refusal = PushRefusal.Unavailable;
        try
        {
            refusal = TakeOver(pending.Push);
            if (refusal is not null)
            {
                LogRefused(pending.Push.Revision, refusal.Problem);
            }
        }
#pragma warning disable CA1031 // Nothing that is pushed may end the process or stop later reloads.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogPushFault(pending.Push.Revision, fault);
        }
        finally
        {
            pending.Settle(refusal);
        }
    }

    private PushRefusal? TakeOver(BundlePush push)
    {
        BundleState state = Status.Current;
        if (push.Files.Index.ControlTokenHash != state.ControlTokenHash)
        {
            return PushRefusal.Conflict("The pushed bundle names another control token. A new token comes with the mounted files only.");
        }

        if (!push.MayFollow(state.Revision))
        {
            return PushRefusal.Conflict($"Revision {push.Revision} is not said to replace {state.Revision}, which is served.");
        }

        if (_precedence.Knows(push, state.Revision))
        {
            return null;
        }

        PushRefusal? refusal = Serve(push, out long documentBytes);
        LoadFootprint.Release(documentBytes);
        return refusal;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PushRefusal? Serve(BundlePush push, out long documentBytes)
    {
        documentBytes = 0;
        switch (BundleReader.Read(push.Files))
        {
            case BundleReading.Complete complete:
                documentBytes = LoadFootprint.BytesOf(complete.Bundle.Index);
                return Serve(push, complete.Bundle);
            case BundleReading.Incomplete incomplete:
                return PushRefusal.Unservable(incomplete.Problem);
            case BundleReading.Broken broken:
                return PushRefusal.Unservable(broken.Problem);
            default:
                throw new InvalidOperationException("A bundle is whole, incomplete or broken.");
        }
    }

    private PushRefusal? Serve(BundlePush push, Bundle bundle)
    {
        if (!_activation.IsOfServedMock(bundle.Definition))
        {
            return PushRefusal.Conflict("The pushed bundle is of another mock than the one that is served.");
        }

        if (_activation.Activate(bundle) is { } problem)
        {
            _activation.CountFailure();
            return PushRefusal.Unservable(problem);
        }

        _precedence.Served(push);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking at {Directory} failed; it is tried again after {Seconds} s")]
    private partial void LogFault(string directory, int seconds, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Taking over the pushed revision {Revision} failed")]
    private partial void LogPushFault(string revision, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The pushed revision {Revision} is not served: {Problem}")]
    private partial void LogRefused(string revision, string problem);
}
