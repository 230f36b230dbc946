using MockOperator.Resources;
using Polly;
using Polly.Timeout;

namespace MockOperator.Operator.Control;

/// <summary>
/// The way to the control ports of runtime pods, one call at a time: each takes its turn, ends in time, and fails in one way only. What is asked again, and when, is
/// the business of those who follow a pod.
/// </summary>
public sealed class PodChannel
{
    /// <summary>Most pods that are asked at the same time; one namespace alone gets half of it.</summary>
    public const int Asks = 128;

    /// <summary>Most pods that are given a bundle at the same time; one namespace alone gets half of it.</summary>
    public const int Pushes = 64;

    /// <summary>How long a pod may wait before it answers with what it has. Short, so that slow pods do not keep others waiting.</summary>
    public static readonly TimeSpan PodWait = TimeSpan.FromSeconds(5);

    /// <summary>How long an ask may take once it has its turn: the wait of the pod, and the way there and back.</summary>
    public static readonly TimeSpan AskPatience = PodWait + TimeSpan.FromSeconds(5);

    /// <summary>How long a push may take, its turn included. By then the mounted files are there.</summary>
    public static readonly TimeSpan PushPatience = TimeSpan.FromSeconds(5);

    /// <summary>Most pods whose quotas are kept at the same time: each holds a turn while it has nothing to say. One namespace alone gets half of it.</summary>
    public const int Exchanges = 1024;

    /// <summary>How long an exchange may take beyond what the pod was told to wait.</summary>
    public static readonly TimeSpan ExchangePatience = TimeSpan.FromSeconds(5);

    private readonly IPodDialer _dialer;
    private readonly IBundleCourier? _courier;
    private readonly IQuotaCourier? _quotas;
    private readonly TimeProvider _time;
    private readonly FairSlots _asks = new(Asks);
    private readonly FairSlots _pushes = new(Pushes);
    private readonly FairSlots _exchanges = new(Exchanges);
    private readonly ResiliencePipeline _askPatience;
    private readonly ResiliencePipeline _pushPatience;

    /// <summary>Creates a channel.</summary>
    /// <param name="dialer">The way on which pods are asked.</param>
    /// <param name="courier">The way on which they are given bundles; null where there is none.</param>
    /// <param name="quotas">The way on which they are granted calls; null where there is none.</param>
    /// <param name="time">The clock of all patience.</param>
    public PodChannel(IPodDialer dialer, IBundleCourier? courier, IQuotaCourier? quotas, TimeProvider time)
    {
        _quotas = quotas;
        _dialer = dialer;
        _courier = courier;
        _time = time;
        _askPatience = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(AskPatience).Build();
        _pushPatience = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(PushPatience).Build();
    }

    /// <summary>Whether pods can be given bundles.</summary>
    public bool CanPush => _courier is not null;

    /// <summary>Asks which revision a pod serves; the pod waits up to <see cref="PodWait"/> for the one that is wanted.</summary>
    /// <param name="pod">The pod; its address is set.</param>
    /// <param name="token">The token of its mock.</param>
    /// <param name="revision">The revision wanted.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>What the pod says, and how long it took to say it.</returns>
    /// <exception cref="PodCallException">The pod could not be asked.</exception>
    public async Task<(RevisionReply Reply, TimeSpan Took)> AskAsync(RuntimePod pod, string token, string revision, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        using IDisposable turn = await _asks.TakeAsync(pod.Namespace, cancellation);
        long begun = _time.GetTimestamp();
        RevisionReply reply = await CallAsync(_askPatience, async ending => await _dialer.AskAsync(pod, token, revision, PodWait, ending), cancellation);
        return (reply, _time.GetElapsedTime(begun));
    }

    /// <summary>Hands a bundle to a pod and waits until the pod serves it.</summary>
    /// <param name="pod">The pod; its address is set.</param>
    /// <param name="token">The token of its mock.</param>
    /// <param name="parcel">The bundle.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="PodCallException">The pod could not be reached in time, or refused: then the status is set.</exception>
    public Task PushAsync(RuntimePod pod, string token, BundleParcel parcel, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        IBundleCourier courier = _courier ?? throw new InvalidOperationException("there is no way to hand bundles to pods");
        return CallAsync(
            _pushPatience,
            async ending =>
            {
                using IDisposable turn = await _pushes.TakeAsync(pod.Namespace, ending);
                await courier.PushAsync(pod, token, parcel, ending);
                return true;
            },
            cancellation);
    }

    /// <summary>Whether pods can be granted calls.</summary>
    public bool CanGrant => _quotas is not null;

    /// <summary>Tells a pod what it may answer, and hears what it has answered.</summary>
    /// <param name="pod">The pod; its address is set.</param>
    /// <param name="token">The token of its mock.</param>
    /// <param name="instructions">What to tell.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>What the pod says.</returns>
    /// <exception cref="PodCallException">The pod could not be reached in time, or refused: then the status is set.</exception>
    public async Task<QuotaReport> ExchangeAsync(RuntimePod pod, string token, QuotaInstructions instructions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(instructions);
        IQuotaCourier courier = _quotas ?? throw new InvalidOperationException("there is no way to grant calls to pods");
        using IDisposable turn = await _exchanges.TakeAsync(pod.Namespace, cancellation);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(instructions.WaitSeconds) + ExchangePatience, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await courier.ExchangeAsync(pod, token, instructions, ending.Token);
        }
        catch (Exception failure)
        {
            cancellation.ThrowIfCancellationRequested();
            throw PodCallException.Of(late.IsCancellationRequested ? new TimeoutRejectedException() : failure);
        }
    }

    private static async Task<T> CallAsync<T>(ResiliencePipeline patience, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await patience.ExecuteAsync(call, cancellation);
        }
        catch (Exception failure)
        {
            cancellation.ThrowIfCancellationRequested();
            throw PodCallException.Of(failure);
        }
    }
}
