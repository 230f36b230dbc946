using k8s.Models;
using MockOperator.Resources;

namespace MockOperator.Operator.Desired;

/// <summary>Requests and limits of the runtime container: the spec's where it says something, else small ones that fit the content.</summary>
public static class ContainerResources
{
    private const string Cpu = "cpu";
    private const string Memory = "memory";

    /// <summary>Merges the spec over the defaults, resource by resource. No CPU limit by default: throttling would show as latency.</summary>
    public static V1ResourceRequirements Of(ResourceRequirementsSpec? spec, int memoryStep)
    {
        (string request, string limit) = MemoryBudget.Of(memoryStep);
        var requests = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal);
        var limits = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal);
        Merge(requests, spec?.Requests);
        Merge(limits, spec?.Limits);

        // A request above a limit is refused by the API server: what the user limits is also what is requested by default.
        requests.TryAdd(Cpu, limits.TryGetValue(Cpu, out ResourceQuantity? cpu) ? cpu : new ResourceQuantity("10m"));
        if (!limits.ContainsKey(Memory) && !requests.ContainsKey(Memory))
        {
            limits[Memory] = new ResourceQuantity(limit);
            requests[Memory] = new ResourceQuantity(request);
        }
        else if (!requests.ContainsKey(Memory))
        {
            requests[Memory] = limits[Memory];
        }

        return new V1ResourceRequirements { Requests = requests, Limits = limits.Count == 0 ? null : limits };
    }

    private static void Merge(Dictionary<string, ResourceQuantity> target, IReadOnlyDictionary<string, string>? given)
    {
        if (given is null)
        {
            return;
        }

        foreach ((string name, string quantity) in given)
        {
            target[name] = new ResourceQuantity(quantity);
        }
    }
}
