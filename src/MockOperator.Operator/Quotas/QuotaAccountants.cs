using System.Collections.Concurrent;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Operator.Stores;

namespace MockOperator.Operator.Quotas;

/// <summary>The accountants of all quotas that exist.</summary>
public sealed class QuotaAccountants(ResourceClient client, OperatorStores stores, OperatorMetrics metrics, TimeProvider time, ILogger<QuotaAccountant> log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ObjectKey, QuotaAccountant> _accountants = new();
    private readonly QuotaCounters _counters = new(metrics);

    /// <summary>Keeps a quota as its spec asks for. Called by the one worker that has its key.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="terms">What it asks for.</param>
    public async Task KeepAsync(MockQuota quota, QuotaTerms terms)
    {
        ArgumentNullException.ThrowIfNull(quota);
        ObjectKey key = ObjectKey.Of(quota);
        if (_accountants.TryGetValue(key, out QuotaAccountant? known))
        {
            if (known.Uid == quota.Metadata.Uid)
            {
                known.Follow(terms);
                return;
            }

            await EndAsync(key);
        }

        string ns = key.Namespace;
        _accountants[key] = new QuotaAccountant(client, quota, terms, uid => stores.Pods.ByIndex(OperatorStores.ByUid, OperatorStores.In(ns, uid)).Any(), _counters, time, log);
    }

    /// <summary>The accountant of a quota; null while there is none.</summary>
    public QuotaAccountant? Find(string ns, string name, string uid) =>
        _accountants.TryGetValue(new ObjectKey(ns, name), out QuotaAccountant? accountant) && accountant.Uid == uid ? accountant : null;

    /// <summary>Ends the keeping of a quota that is gone.</summary>
    public async Task EndAsync(ObjectKey key)
    {
        if (_accountants.TryRemove(key, out QuotaAccountant? gone))
        {
            await gone.DisposeAsync();
        }
    }

    /// <summary>Has all quotas of a namespace look for pods that are gone.</summary>
    public void WakeAll(string ns)
    {
        foreach ((ObjectKey key, QuotaAccountant accountant) in _accountants)
        {
            if (key.Namespace == ns)
            {
                accountant.Wake();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ObjectKey key in _accountants.Keys)
        {
            await EndAsync(key);
        }
    }
}
