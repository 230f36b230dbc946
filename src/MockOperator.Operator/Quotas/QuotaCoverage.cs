using System.Text.Json;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>Which quotas cover a mock, and which mocks a quota covers, as far as the stores know. A mistake covers a mock too much rather than not at all.</summary>
public sealed class QuotaCoverage(ResourceStore<MockQuota> quotas, ResourceStore<MockServer> mocks)
{
    /// <summary>Index of quotas and mocks: their namespace.</summary>
    public const string ByNamespace = "namespace";

    /// <summary>Index values under <see cref="ByNamespace"/>.</summary>
    public static IEnumerable<string> NamespaceOf(IMetadata<V1ObjectMeta> item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return [item.Metadata.NamespaceProperty];
    }

    /// <summary>The quotas that cover a mock, by name.</summary>
    /// <param name="mock">The mock. Its labels are those that the store knows, as they are for <see cref="MocksOf"/>.</param>
    public IReadOnlyList<MockQuota> QuotasOf(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        MockServer known = mocks.Get(ObjectKey.Of(mock)) ?? mock;
        return [.. quotas.ByIndex(ByNamespace, mock.Metadata.NamespaceProperty)
            .Where(quota => quota.Covers(known))
            .OrderBy(static quota => quota.Metadata.Name, StringComparer.Ordinal)];
    }

    /// <summary>The same, as the definition of a mock names them.</summary>
    /// <param name="mock">The mock.</param>
    public IReadOnlyList<QuotaReference> ReferencesOf(MockServer mock) =>
        [.. QuotasOf(mock).Select(static quota => new QuotaReference { Name = quota.Metadata.Name, Uid = quota.Metadata.Uid, OnExhaustedGrant = GrantOf(quota) })];

    /// <summary>The mocks that a quota covers, in no order.</summary>
    /// <param name="quota">The quota.</param>
    public IReadOnlyList<MockServer> MocksOf(MockQuota quota) => CoveredBy(mocks, quota);

    /// <summary>The mocks of a store that a quota covers, in no order.</summary>
    /// <param name="mocks">The mocks.</param>
    /// <param name="quota">The quota.</param>
    public static IReadOnlyList<MockServer> CoveredBy(ResourceStore<MockServer> mocks, MockQuota quota)
    {
        ArgumentNullException.ThrowIfNull(mocks);
        ArgumentNullException.ThrowIfNull(quota);
        return [.. mocks.ByIndex(ByNamespace, quota.Metadata.NamespaceProperty).Where(quota.Covers)];
    }

    /// <summary>Whether a change is one of what mocks must know: a quota came or went, covers others, or lets pods do something else without the operator.</summary>
    /// <param name="change">The change.</param>
    public static bool IsChanged(StoreChange<MockQuota> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change is not { Old: { } old, New: { } now }
            || old.Metadata.Uid != now.Metadata.Uid
            || GrantOf(old) != GrantOf(now)
            || !JsonElement.DeepEquals(SelectorOf(old), SelectorOf(now));
    }

    // The default is not named, so that it is no new revision whether it is written or not.
    private static ExhaustedGrant? GrantOf(MockQuota quota) => quota.Spec?.OnExhaustedGrant is ExhaustedGrant.Allow ? ExhaustedGrant.Allow : null;

    private static JsonElement SelectorOf(MockQuota quota) =>
        JsonSerializer.SerializeToElement(new MockQuotaSpec { Selector = quota.Spec?.Selector }, ResourceJson.Default.MockQuotaSpec);
}
