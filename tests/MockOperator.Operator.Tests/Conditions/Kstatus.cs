using System.Text.Json.Nodes;

namespace MockOperator.Operator.Tests.Conditions;

/// <summary>What kstatus says of an object: of Terminating, InProgress, Failed and Current.</summary>
public enum KstatusVerdict
{
    /// <summary>A wait goes on, or for an object that is to go: it is deleted.</summary>
    Terminating,

    /// <summary>A wait goes on.</summary>
    InProgress,

    /// <summary>A wait ends badly, at once where the tool fails fast, as Flux does.</summary>
    Failed,

    /// <summary>A wait ends well.</summary>
    Current,
}

/// <summary>
/// The rules of kstatus for kinds that it does not know, in its order: <c>Compute</c> with <c>checkGenericProperties</c>, <c>checkGeneration</c> and <c>checkReadyCondition</c> of
/// <c>pkg/kstatus/status/{status,generic}.go</c> in github.com/kubernetes-sigs/cli-utils, read at commit 5895a7e. Flux, Helm 4 and others wait by that library.
/// </summary>
internal static class Kstatus
{
    public static KstatusVerdict Compute(JsonObject item)
    {
        if ((string?)item["metadata"]?["deletionTimestamp"] is { Length: > 0 })
        {
            return KstatusVerdict.Terminating;
        }

        // Both must be there: a status without the field is not compared.
        if (item["metadata"]?["generation"] is { } generation && item["status"]?["observedGeneration"] is { } observed && (long)observed != (long)generation)
        {
            return KstatusVerdict.InProgress;
        }

        JsonObject[] conditions = [.. (item["status"]?["conditions"] as JsonArray ?? []).Select(static condition => condition!.AsObject())];

        // Of the standard conditions the first in the list that is True decides, whichever it is.
        foreach (JsonObject condition in conditions.Where(static condition => (string?)condition["status"] == "True"))
        {
            switch ((string?)condition["type"])
            {
                case "Reconciling":
                    return KstatusVerdict.InProgress;
                case "Stalled":
                    return KstatusVerdict.Failed;
            }
        }

        // Ready that is anything else than these three is passed over, and without any the object is taken for one that has nothing to wait for.
        return conditions.Where(static condition => (string?)condition["type"] == "Ready").Select(static condition => (string?)condition["status"] switch
        {
            "True" => KstatusVerdict.Current,
            "False" or "Unknown" => KstatusVerdict.InProgress,
            _ => (KstatusVerdict?)null,
        }).FirstOrDefault(static verdict => verdict is not null) ?? KstatusVerdict.Current;
    }

    /// <summary>
    /// Whether <c>kubectl wait --for=condition=…</c> ends: a condition of that type is True, and neither it nor, where it does not say, the status is of an earlier generation
    /// (<c>getObservedGeneration</c> in <c>pkg/cmd/wait/condition.go</c> of k8s.io/kubectl).
    /// </summary>
    public static bool EndsWaitFor(string type, JsonObject item)
    {
        JsonObject? condition = (item["status"]?["conditions"] as JsonArray ?? []).Select(static condition => condition!.AsObject()).FirstOrDefault(condition => (string?)condition["type"] == type);
        long? observed = (long?)(condition?["observedGeneration"] ?? item["status"]?["observedGeneration"]);
        return (string?)condition?["status"] == "True" && !(observed < (long?)item["metadata"]?["generation"]);
    }
}
