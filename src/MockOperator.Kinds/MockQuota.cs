using System.Text.Json.Serialization;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>A quota, as the API server stores it.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "mockquotas")]
public sealed class MockQuota : CustomKubernetesEntity<MockQuotaSpec, MockQuotaStatus>
{
    /// <summary>What <c>kind</c> says in a manifest.</summary>
    public const string KubeKind = "MockQuota";

    /// <summary>Whether the store left out the selector, because it breaks a rule: the quota then covers every mock of its namespace.</summary>
    [JsonIgnore]
    public bool IsSelectorLeftOut { get; set; }

    /// <summary>Whether the quota covers a mock: of its namespace, and chosen by its selector. A mistake covers a mock too much rather than not at all.</summary>
    /// <param name="mock">The mock.</param>
    /// <returns>Whether its calls count.</returns>
    public bool Covers(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return Metadata.NamespaceProperty == mock.Metadata.NamespaceProperty && (Spec?.Selector is not { } selector || IsSelected(selector, mock));
    }

    private static bool IsSelected(MockSelector selector, MockServer mock)
    {
        if (selector.MatchNames is { } names && !names.Contains(mock.Metadata.Name, StringComparer.Ordinal))
            return false;

        // Labels that are too many to be kept could say anything: a mock does not slip out of a quota by them.
        return mock.AreLabelsLeftOut
            || ((selector.MatchLabels?.All(wanted => ValueOf(mock, wanted.Key) == wanted.Value) ?? true)
                && (selector.MatchExpressions ?? []).All(requirement => Holds(requirement, ValueOf(mock, requirement.Key))));
    }

    // As Kubernetes has it: NotIn holds where there is no such label.
    private static bool Holds(LabelRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && (requirement.Values ?? []).Contains(value, StringComparer.Ordinal),
        "NotIn" => value is null || !(requirement.Values ?? []).Contains(value, StringComparer.Ordinal),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => true,
    };

    private static string? ValueOf(MockServer mock, string label) => mock.Metadata.Labels is { } labels && labels.TryGetValue(label, out var value) ? value : null;
}
