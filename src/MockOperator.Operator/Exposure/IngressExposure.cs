using k8s.Models;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>What the ingress controller makes of an Ingress: whether it leads anywhere. Pure.</summary>
internal static class IngressExposure
{
    /// <summary>The outcome.</summary>
    /// <param name="ingress">The Ingress as the server has it.</param>
    /// <param name="url">The URL of the mock.</param>
    /// <param name="controller">Who is to take it up.</param>
    public static ExposureOutcome Of(V1Ingress ingress, string url, IngressTaker controller)
    {
        ArgumentNullException.ThrowIfNull(ingress);
        ArgumentNullException.ThrowIfNull(controller);
        string exposes = $"an Ingress exposes {url}";
        if (ingress.Status?.LoadBalancer?.Ingress is [{ } first, ..])
        {
            // An entry without an address is a controller's as well.
            return new ExposureOutcome(ConditionStatus.True, "IngressApplied", (first.Hostname ?? first.Ip) is { Length: > 0 } at ? $"{exposes} at {at}" : exposes, url);
        }

        return controller.WritesNoAddress
            ? new ExposureOutcome(ConditionStatus.True, "IngressApplied", $"{exposes}; its class is one whose controller writes no address, by the operator's settings", url)
            : ExposureOutcome.Pending(
                $"no ingress controller has given the Ingress for {url} an address yet{(controller.Problem is { } problem ? $": {problem}" : "")}. See 'kubectl describe ingress {ingress.Metadata.Name} --namespace {ingress.Metadata.NamespaceProperty}'; "
                    + "where a controller never writes one, the operator's setting --ingress-classes-without-address is to name its class",
                url);
    }
}
