using System.Collections.Concurrent;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Operator.Desired;
using MockOperator.Resources;
using Polly;
using Polly.Timeout;
using Prometheus;

namespace MockOperator.Operator.Control;

/// <summary>
/// Hands a bundle that was applied to the pods that run, so that an edit need not wait for their kubelets. Only a short cut: nothing waits for it, nothing
/// repeats it, and a pod that it does not reach mounts the same files a moment later. A newer revision of a mock ends the push of an older one.
/// </summary>
public sealed partial class BundlePusher : IDisposable
{
    /// <summary>Most pods that are given a bundle at the same time.</summary>
    public const int Concurrency = 32;

    /// <summary>Most bytes of bundles that are on their way at one time: what the operator's memory pays for speed.</summary>
    public const long MaxBytesUnderWay = 32L * 1024 * 1024;

    /// <summary>How long a pod may take, its turn included. By then the mounted files are there.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IBundleCourier? _courier;
    private readonly ILogger<BundlePusher> _log;
    private readonly Counter _pushes;
    private readonly SemaphoreSlim _slots = new(Concurrency);
    private readonly ConcurrentDictionary<(string Namespace, string Name), PushTrail> _trails = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ResiliencePipeline _patience;
    private long _underWay;

    /// <summary>Creates a pusher.</summary>
    /// <param name="courier">The way to the pods; null where there is none, and then nothing is ever pushed.</param>
    /// <param name="metrics">Where results are counted.</param>
    /// <param name="time">The clock of <see cref="Patience"/>.</param>
    /// <param name="log">Where a push that failed is told, for those who look for it.</param>
    public BundlePusher(IBundleCourier? courier, OperatorMetrics metrics, TimeProvider time, ILogger<BundlePusher> log)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _courier = courier;
        _log = log;
        _pushes = Metrics.WithCustomRegistry(metrics.Registry).CreateCounter("mock_operator_bundle_pushes_total", "Bundles handed to pods ahead of their mounted files.", "result");
        _patience = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(Patience).Build();
        foreach (PushResult result in Enum.GetValues<PushResult>())
        {
            Of(result).Publish();
        }
    }

    /// <summary>Bytes of bundles that are on their way.</summary>
    public long BytesUnderWay => Interlocked.Read(ref _underWay);

    /// <summary>Begins to hand a bundle to pods. Never waits.</summary>
    /// <param name="ns">Namespace of the mock.</param>
    /// <param name="name">Name of the mock.</param>
    /// <param name="token">The token of the mock.</param>
    /// <param name="bundle">The bundle, which the ConfigMaps in the cluster hold already.</param>
    /// <param name="replaced">The revision that they held before; null for none.</param>
    /// <param name="pods">The pods of the mock that run.</param>
    public void Push(string ns, string name, string token, Bundle bundle, string? replaced, IReadOnlyList<RuntimePod> pods)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(pods);
        if (_courier is null)
        {
            return;
        }

        PushTrail trail = _trails.GetOrAdd((ns, name), static _ => new PushTrail());
        (string[] supersedes, CancellationTokenSource ending) = trail.Begin(bundle.Revision, replaced, _stopping.Token);
        var parcel = new BundleParcel(bundle.Revision, supersedes, bundle.Files);
        if (parcel.Length > BundleTransfer.MaxBytes || !TryTake(parcel.Length))
        {
            trail.End(ending);
            Of(PushResult.Skipped).Inc(pods.Count);
            return;
        }

        CancellationToken ended = ending.Token;
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await PushToAllAsync(_courier, pods, token, parcel, ended);
                }
                finally
                {
                    trail.End(ending);
                }
            },
            CancellationToken.None);
    }

    /// <summary>Forgets a mock that is gone.</summary>
    public void Forget(string ns, string name)
    {
        if (_trails.TryRemove((ns, name), out PushTrail? trail))
        {
            trail.Cancel();
        }
    }

    /// <summary>Ends all pushes.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _slots.Dispose();
        GC.SuppressFinalize(this);
    }

    private bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _underWay, bytes) <= MaxBytesUnderWay)
        {
            return true;
        }

        Interlocked.Add(ref _underWay, -bytes);
        return false;
    }

    private async Task PushToAllAsync(IBundleCourier courier, IReadOnlyList<RuntimePod> pods, string token, BundleParcel parcel, CancellationToken ended)
    {
        try
        {
            await Task.WhenAll(pods.Select(async pod => Of(await PushAsync(courier, pod, token, parcel, ended)).Inc()));
        }
        finally
        {
            Interlocked.Add(ref _underWay, -parcel.Length);
        }
    }

    private async Task<PushResult> PushAsync(IBundleCourier courier, RuntimePod pod, string token, BundleParcel parcel, CancellationToken ended)
    {
        try
        {
            await _patience.ExecuteAsync(async cancellation => await InTurnAsync(courier, pod, token, parcel, cancellation), ended);
            return PushResult.Served;
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            return PushResult.Superseded;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TimeoutRejectedException)
        {
            LogNotServed(pod.Namespace, pod.Name, parcel.Revision, error.Message);
            return error is HttpRequestException { StatusCode: not null } ? PushResult.Refused : PushResult.Unreachable;
        }
    }

    private async Task InTurnAsync(IBundleCourier courier, RuntimePod pod, string token, BundleParcel parcel, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            await courier.PushAsync(pod, token, parcel, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    private Counter.Child Of(PushResult result) => _pushes.WithLabels(result switch
    {
        PushResult.Served => "served",
        PushResult.Refused => "refused",
        PushResult.Unreachable => "unreachable",
        PushResult.Superseded => "superseded",
        _ => "skipped",
    });

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pod {Namespace}/{Pod} was not given revision {Revision}, and will mount it: {Reason}")]
    private partial void LogNotServed(string @namespace, string pod, string revision, string reason);
}
