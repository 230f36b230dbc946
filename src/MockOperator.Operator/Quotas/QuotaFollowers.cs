using System.Collections.Concurrent;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Operator.Control;
using MockOperator.Operator.Stores;

namespace MockOperator.Operator.Quotas;

/// <summary>Who follows which pod. A pod that ends is followed until it has said its last word or is gone, even when its mock is gone before.</summary>
public sealed class QuotaFollowers(PodChannel channel, QuotaAccountants accountants, OperatorStores stores, OperatorMetrics metrics, TimeProvider time, ILogger<QuotaFollowers> log) : IDisposable
{
    private readonly ConcurrentDictionary<(string Mock, string Pod), QuotaFollower> _followers = new();
    private readonly QuotaCounters _counters = new(metrics);

    /// <summary>Pods that are followed.</summary>
    public int Count => _followers.Count;

    /// <summary>Follows the pods of a mock. Never waits. Called by the one worker that has the mock's key.</summary>
    /// <param name="target">The mock and its quotas.</param>
    /// <param name="isLimited">Whether its pods must be told of each other for a rate limit.</param>
    /// <param name="pods">Its pods that can be asked, those that are about to end included.</param>
    /// <param name="token">The token of the mock.</param>
    public void Observe(QuotaTarget target, bool isLimited, IReadOnlyList<RuntimePod> pods, string token)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pods);
        string mock = $"{target.Namespace}/{target.Mock}";
        foreach (RuntimePod pod in pods)
        {
            if (_followers.TryGetValue((mock, pod.Uid), out QuotaFollower? follower))
            {
                follower.Follow(target, pod);
            }
            else if (channel.CanGrant && (isLimited || target.Quotas.Count > 0))
            {
                string uid = OperatorStores.In(target.Namespace, pod.Uid);
                var begun = new QuotaFollower(channel, accountants, target, pod, token, () => stores.Pods.ByIndex(OperatorStores.ByUid, uid).Any(), _counters, time, log);
                _followers[(mock, pod.Uid)] = begun;
                _ = begun.Running.ContinueWith(
                    _ => _followers.TryRemove(KeyValuePair.Create((mock, pod.Uid), begun)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }

        Leave(target.Namespace, target.Mock, pods);
    }

    private void Leave(string ns, string name, IReadOnlyList<RuntimePod> pods)
    {
        string mock = $"{ns}/{name}";
        bool isAnyGone = false;
        foreach ((string Mock, string Pod) key in _followers.Keys.Where(key => key.Mock == mock && !pods.Any(pod => pod.Uid == key.Pod)).ToList())
        {
            if (_followers.TryRemove(key, out QuotaFollower? gone))
            {
                isAnyGone = true;
                gone.Dispose();
            }
        }

        if (isAnyGone)
        {
            accountants.WakeAll(ns);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (QuotaFollower follower in _followers.Values)
        {
            follower.Dispose();
        }
    }
}
