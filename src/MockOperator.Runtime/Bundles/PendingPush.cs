namespace MockOperator.Runtime.Bundles;

/// <summary>A push whose sender waits for its outcome.</summary>
/// <param name="push">What was pushed.</param>
internal sealed class PendingPush(BundlePush push)
{
    private readonly TaskCompletionSource<PushRefusal?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was pushed.</summary>
    public BundlePush Push { get; } = push;

    /// <summary>Why it is not served; null when it is.</summary>
    public Task<PushRefusal?> Outcome => _outcome.Task;

    /// <summary>Tells the outcome.</summary>
    public void Settle(PushRefusal? refusal) => _outcome.TrySetResult(refusal);
}
