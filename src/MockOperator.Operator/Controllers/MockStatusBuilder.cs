using System.Globalization;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Content;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>The status of a mock, from what was observed. Pure: the summary is computed here and nowhere else.</summary>
public static class MockStatusBuilder
{
    /// <summary>Builds it.</summary>
    public static MockServerStatus Build(MockServer mock, MockObservation observed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(observed);
        MockServerStatus? before = mock.Status;
        var conditions = new ConditionList(before?.Conditions, mock.Metadata.Generation, now);
        var parts = new ConditionList(before?.Conditions, mock.Metadata.Generation, now);
        MockContent? content = observed.Content;
        if (content is not null)
        {
            AddReferences(parts, content);
            AddPods(parts, mock, observed);
            AddKeys(parts, mock, observed);
            AddExposed(parts, observed);
            AddPublished(parts, mock, observed);
        }

        AddReady(conditions, parts, mock, observed);
        string name = mock.Metadata.Name;
        return new MockServerStatus
        {
            ObservedGeneration = mock.Metadata.Generation,
            Conditions = [.. conditions.Conditions, .. parts.Conditions],
            Url = ChildNames.Url(name, mock.Metadata.NamespaceProperty),
            ExternalUrl = observed.Exposure is null && observed.Content is null ? before?.ExternalUrl : observed.Exposure?.Url,
            Collection = content?.Collection ?? before?.Collection,
            ExampleCount = content is { IsServable: true } ? content.Examples : before?.ExampleCount,
            SkippedCount = content is { IsServable: true } ? content.Skipped : before?.SkippedCount,
            ShadowedCount = content is { IsServable: true } ? content.Shadowed : before?.ShadowedCount,
            Revision = content?.Revision ?? before?.Revision,
            Replicas = observed.Deployment?.Status?.Replicas ?? 0,
            ReadyReplicas = observed.Deployment?.Status?.ReadyReplicas ?? 0,
            AcknowledgedReplicas = observed.Acknowledgements?.Acknowledged ?? 0,
            Calls = observed.Calls,
            Selector = ChildLabels.SelectorText(name),
        };
    }

    private static void AddReferences(ConditionList parts, MockContent content)
    {
        string summary = content.Skipped == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Examples(content.Examples)} of {content.Collection}")
            : string.Create(CultureInfo.InvariantCulture, $"{Examples(content.Examples)} of {content.Collection}; {content.Skipped} places were not understood, the first: {content.FirstIssue}");
        _ = content.CollectionProblem is { } lost
            ? parts.Set(MockConditions.CollectionResolved, holds: false, lost.Reason, lost.Message)
            : parts.Set(MockConditions.CollectionResolved, holds: true, "Resolved", content.IsServable ? summary : content.Collection?.ToString() ?? "");
        _ = content.EnvironmentProblem is { } missing
            ? parts.Set(MockConditions.EnvironmentResolved, holds: false, missing.Reason, missing.Message)
            : parts.Set(MockConditions.EnvironmentResolved, holds: true, "Resolved", "every variable source that the operator may read was found");
    }

    private static string Examples(int count) => count == 1 ? "1 example" : string.Create(CultureInfo.InvariantCulture, $"{count} examples");

    private static void AddPods(ConditionList parts, MockServer mock, MockObservation observed)
    {
        V1Deployment? deployment = observed.Deployment;
        int wanted = mock.Spec?.Replicas ?? 1;
        int updated = deployment?.Status?.UpdatedReplicas ?? 0;
        int available = deployment?.Status?.AvailableReplicas ?? 0;
        bool isCurrent = deployment is not null && (IsObserved(deployment) || WasNeverMore(deployment)) && deployment.Spec?.Replicas == wanted;
        bool isAvailable = isCurrent && updated == wanted && available == wanted && (deployment!.Status?.Replicas ?? 0) == wanted;
        string counts = string.Create(CultureInfo.InvariantCulture, $"{available} of {wanted} pods are available");
        string trouble = observed.PodTrouble is null ? counts : $"{counts}; {observed.PodTrouble.Message}";
        parts.Set(MockConditions.Available, isAvailable, isAvailable ? "PodsAvailable" : observed.PodTrouble?.Reason ?? MockConditions.Progressing, trouble);

        if (wanted == 0)
        {
            parts.Set(MockConditions.Programmed, ConditionStatus.Unknown, MockConditions.Paused, "there are no pods");
            return;
        }

        Acknowledgements? acknowledged = observed.Acknowledgements;
        bool isProgrammed = acknowledged is { IsComplete: true, Pods: > 0 };
        string progress = string.Create(
            CultureInfo.InvariantCulture,
            $"{acknowledged?.Acknowledged ?? 0} of {acknowledged?.Pods ?? 0} running pods serve revision {observed.Content?.Revision ?? observed.ServedRevision ?? "(none)"}");
        string problems = acknowledged is { Problems.Count: > 0 } ? "; " + string.Join("; ", acknowledged.Problems) : "";
        string reason = isProgrammed ? "Acknowledged" : problems.Length > 0 ? "NotAcknowledged" : MockConditions.Progressing;
        parts.Set(MockConditions.Programmed, isProgrammed, reason, progress + problems);
    }

    private static bool IsObserved(V1Deployment deployment) => (deployment.Status?.ObservedGeneration ?? 0) >= deployment.Metadata.Generation;

    // Created without pods and never edited: the cluster's controller, which may be busy for minutes, can only confirm it.
    private static bool WasNeverMore(V1Deployment deployment) =>
        deployment.Metadata.Generation == 1 && deployment.Spec?.Replicas == 0 && (deployment.Status?.Replicas ?? 0) == 0;

    private static void AddKeys(ConditionList parts, MockServer mock, MockObservation observed)
    {
        if (mock.Spec?.Private is not true || mock.Spec.Replicas == 0)
        {
            return;
        }

        string secret = ApiKeySecret.NameOf(mock);
        if (observed.Acknowledgements?.KeyProblem is { } problem)
        {
            parts.Set(MockConditions.KeysAvailable, holds: false, "KeysUnavailable", $"the mock refuses every call; Secret '{secret}': {problem}");
        }
        else if (observed.Acknowledgements is { IsComplete: true, Pods: > 0 })
        {
            parts.Set(MockConditions.KeysAvailable, holds: true, "KeysLoaded", $"callers are admitted by the keys in Secret '{secret}'");
        }
        else
        {
            parts.Set(MockConditions.KeysAvailable, ConditionStatus.Unknown, MockConditions.Progressing, $"the pods have not yet said whether they have the keys in Secret '{secret}'");
        }
    }

    private static void AddExposed(ConditionList parts, MockObservation observed)
    {
        if (observed.Exposure is { } exposure)
        {
            parts.Set(MockConditions.Exposed, exposure.Status, exposure.Reason, exposure.Message);
        }
    }

    private static void AddPublished(ConditionList parts, MockServer mock, MockObservation observed)
    {
        if (mock.Spec?.PublishUrl?.ConfigMap is { } target)
        {
            _ = observed.PublishProblem is { } problem
                ? parts.Set(MockConditions.UrlPublished, holds: false, problem.Reason, problem.Message)
                : parts.Set(MockConditions.UrlPublished, holds: true, "Published", $"the URL is in key '{target.Key}' of ConfigMap '{target.Name}'");
        }
    }

    private static void AddReady(ConditionList conditions, ConditionList parts, MockServer mock, MockObservation observed)
    {
        bool holdsContent = mock.Spec is { CollectionRef: null, Collection: { ConfigMapKeyRef: null } };
        string still = observed.ServedRevision is { } revision ? $"; revision {revision} goes on being served" : "";
        if (observed.Blocked is { } blocked)
        {
            conditions.SetNotReady(blocked.Reason, blocked.Message + still, !blocked.MayPass && Remedies.IsStalled(blocked.Reason, holdsContent));
            return;
        }

        Condition? failing = parts.Conditions.FirstOrDefault(static part => part.Type != MockConditions.UrlPublished && part.Status == ConditionStatus.False);
        if (failing is not null)
        {
            bool isReference = failing.Type is MockConditions.CollectionResolved or MockConditions.EnvironmentResolved;
            conditions.SetNotReady(failing.Reason, failing.Message + (isReference ? still : ""), Remedies.IsStalled(failing.Reason, holdsContent));
        }
        else if (mock.Spec?.Replicas == 0)
        {
            // As a Deployment without replicas is available: nothing is asked for, and nobody has to wait for it.
            conditions.Set(MockConditions.Ready, holds: true, MockConditions.Paused, "replicas is 0: nothing answers");
        }
        else
        {
            conditions.Set(
                MockConditions.Ready,
                holds: true,
                "Serving",
                string.Create(CultureInfo.InvariantCulture, $"every pod serves revision {observed.Content?.Revision}: {Examples(observed.Content?.Examples ?? 0)}"));
        }
    }
}
