using MockOperator.Client.Calls;
using MockOperator.Resources;

namespace MockOperator.Cli.Calls;

/// <summary>Calls as a document.</summary>
/// <param name="Calls">The calls, newest first.</param>
/// <param name="Silent">Pods whose calls may be missing.</param>
internal sealed record CallPages(IReadOnlyList<CallPages.Item> Calls, IReadOnlyList<CallPages.Missing> Silent)
{
    /// <summary>A listing as a document.</summary>
    public static CallPages Of(IEnumerable<PodCall> calls, IEnumerable<SilentPod> silent) =>
        new([.. calls.Select(call => new Item(call.Pod, call.Call))], [.. silent.Select(pod => new Missing(pod.Pod, pod.Why))]);

    /// <summary>A call and its pod.</summary>
    internal sealed record Item(string Pod, MockCall Call);

    /// <summary>A pod that did not answer.</summary>
    internal sealed record Missing(string Pod, string Why);
}
