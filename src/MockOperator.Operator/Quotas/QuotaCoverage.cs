using System.Text.Json;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Operator.Kinds;
using MockOperator.Operator.Stores;
using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>Which quotas cover which mocks: those of one namespace, by their selectors.</summary>
public sealed class QuotaCoverage(ResourceStore<MockQuota> quotas, ResourceStore<MockServer> mocks)
{
    /// <summary>The quotas that cover a mock, by name.</summary>
    /// <param name="mock">The mock.</param>
    public IReadOnlyList<QuotaReference> QuotasOf(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return
        [
            .. quotas.ByIndex(OperatorStores.ByNamespace, mock.Metadata.NamespaceProperty)
                .Where(quota => quota.Metadata.DeletionTimestamp is null && Covers(quota, mock))
                .OrderBy(static quota => quota.Metadata.Name, StringComparer.Ordinal)
                .Select(static quota => new QuotaReference { Name = quota.Metadata.Name, Uid = quota.Metadata.Uid, OnExhaustedGrant = quota.Spec!.OnExhaustedGrant }),
        ];
    }

    /// <summary>Number of mocks that a quota covers.</summary>
    /// <param name="quota">The quota.</param>
    public int CountOf(MockQuota quota)
    {
        ArgumentNullException.ThrowIfNull(quota);
        return mocks.ByIndex(OperatorStores.ByNamespace, quota.Metadata.NamespaceProperty).Count(mock => Covers(quota, mock));
    }

    /// <summary>Whether a quota covers a mock of its namespace.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="mock">The mock.</param>
    public static bool Covers(MockQuota quota, MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(quota);
        ArgumentNullException.ThrowIfNull(mock);
        return quota.Spec is { } spec && mock.Spec is not null && Selects(spec.Selector, mock.Metadata.Name, mock.Metadata.Labels);
    }

    /// <summary>The mocks that must hear of a change of a quota: those that it covers now or did before, if what their pods are told differs.</summary>
    /// <param name="all">All mocks.</param>
    /// <param name="quota">The quota, as it is or was.</param>
    public static IEnumerable<ObjectKey> CoveredBy(ResourceStore<MockServer> all, MockQuota quota)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(quota);
        return all.ByIndex(OperatorStores.ByNamespace, quota.Metadata.NamespaceProperty).Where(mock => Covers(quota, mock)).Select(static mock => ObjectKey.Of(mock));
    }

    /// <summary>Whether mocks must hear of a change of a quota. How many calls it has, and in what period, is no business of theirs.</summary>
    /// <param name="change">The change.</param>
    public static bool ConcernsMocks(StoreChange<MockQuota> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change is not { Old: { Spec: { } old } before, New: { Spec: { } now } after }
            || before.Metadata.Uid != after.Metadata.Uid
            || before.Metadata.DeletionTimestamp != after.Metadata.DeletionTimestamp
            || old.OnExhaustedGrant != now.OnExhaustedGrant
            || !AreSame(old.Selector, now.Selector);
    }

    /// <summary>The quotas that must hear of a change of a mock: those of its namespace, which count what they cover.</summary>
    /// <param name="all">All quotas.</param>
    /// <param name="mock">The mock.</param>
    public static IEnumerable<ObjectKey> Near(ResourceStore<MockQuota> all, MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(mock);
        return all.ByIndex(OperatorStores.ByNamespace, mock.Metadata.NamespaceProperty).Select(static quota => ObjectKey.Of(quota));
    }

    private static bool Selects(MockSelector? selector, string name, IDictionary<string, string>? labels) =>
        selector is null
        || ((selector.MatchNames is not { } names || names.Contains(name, StringComparer.Ordinal))
            && (selector.MatchLabels ?? new Dictionary<string, string>()).All(wanted => ValueOf(labels, wanted.Key) == wanted.Value)
            && (selector.MatchExpressions ?? []).All(requirement => Holds(requirement, ValueOf(labels, requirement.Key))));

    // As apimachinery's labels.Requirement: NotIn holds for what lacks the label.
    private static bool Holds(LabelRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && (requirement.Values ?? []).Contains(value, StringComparer.Ordinal),
        "NotIn" => value is null || !(requirement.Values ?? []).Contains(value, StringComparer.Ordinal),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,

        // A rule that cannot be read must not open a limit.
        _ => true,
    };

    private static string? ValueOf(IDictionary<string, string>? labels, string name) => labels is not null && labels.TryGetValue(name, out string? value) ? value : null;

    private static bool AreSame(MockSelector? one, MockSelector? other) =>
        JsonElement.DeepEquals(
            JsonSerializer.SerializeToElement(new MockQuotaSpec { Selector = one }, ResourceJson.Default.MockQuotaSpec),
            JsonSerializer.SerializeToElement(new MockQuotaSpec { Selector = other }, ResourceJson.Default.MockQuotaSpec));
}
