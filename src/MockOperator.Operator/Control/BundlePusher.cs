using MockOperator.Kubernetes.Measuring;
using MockOperator.Operator.Bundles;
using MockOperator.Resources;
using Prometheus;

namespace MockOperator.Operator.Control;

/// <summary>
/// Hands a bundle that was applied to the pods that run, so that an edit need not wait for their kubelets. Only a short cut: nothing waits for it, nothing
/// repeats it, and a pod that it does not reach mounts the same files a moment later. A newer revision of a mock ends the push of an older one.
/// </summary>
public sealed partial class BundlePusher : IDisposable
{
    /// <summary>Most bytes of bundles that are on their way at one time: what the operator's memory pays for speed.</summary>
    public const long MaxBytesUnderWay = 32L * 1024 * 1024;

    private readonly PodChannel _channel;
    private readonly ILogger<BundlePusher> _log;
    private readonly Counter _pushes;
    private readonly CancellationTokenSource _stopping = new();
    private long _underWay;

    /// <summary>Creates a pusher.</summary>
    /// <param name="channel">The way to the pods; where it cannot push, nothing is ever pushed.</param>
    /// <param name="metrics">Where results are counted.</param>
    /// <param name="log">Where a push that failed is told, for those who look for it.</param>
    public BundlePusher(PodChannel channel, OperatorMetrics metrics, ILogger<BundlePusher> log)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _channel = channel;
        _log = log;
        _pushes = Metrics.WithCustomRegistry(metrics.Registry).CreateCounter("mock_operator_bundle_pushes_total", "Bundles handed to pods ahead of their mounted files.", "result");
        foreach (PushResult result in Enum.GetValues<PushResult>())
        {
            Of(result).Publish();
        }
    }

    /// <summary>Bytes of bundles that are on their way.</summary>
    public long BytesUnderWay => Interlocked.Read(ref _underWay);

    /// <summary>Begins to hand a bundle to pods. Never waits.</summary>
    /// <param name="session">The mock.</param>
    /// <param name="token">The token of the mock.</param>
    /// <param name="bundle">The bundle, which the ConfigMaps in the cluster hold already.</param>
    /// <param name="replaced">The revision that they held before; null for none.</param>
    /// <param name="pods">The pods of the mock that run.</param>
    public void Push(MockSession session, string token, Bundle bundle, string? replaced, IReadOnlyList<RuntimePod> pods)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(pods);
        if (!_channel.CanPush)
        {
            return;
        }

        PushTrail trail = session.Pushes;
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
                    await PushToAllAsync(pods, token, parcel, ended);
                }
                finally
                {
                    trail.End(ending);
                }
            },
            CancellationToken.None);
    }

    /// <summary>Ends all pushes.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
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

    private async Task PushToAllAsync(IReadOnlyList<RuntimePod> pods, string token, BundleParcel parcel, CancellationToken ended)
    {
        try
        {
            await Task.WhenAll(pods.Select(async pod => Of(await PushAsync(pod, token, parcel, ended)).Inc()));
        }
        finally
        {
            Interlocked.Add(ref _underWay, -parcel.Length);
        }
    }

    private async Task<PushResult> PushAsync(RuntimePod pod, string token, BundleParcel parcel, CancellationToken ended)
    {
        try
        {
            await _channel.PushAsync(pod, token, parcel, ended);
            return PushResult.Served;
        }
        catch (OperationCanceledException)
        {
            // The channel says so of nothing but the end of this push.
            return PushResult.Superseded;
        }
        catch (PodCallException failure)
        {
            LogNotServed(pod.Namespace, pod.Name, parcel.Revision, failure.Message);
            return failure.Status is null ? PushResult.Unreachable : PushResult.Refused;
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
