using MockOperator.Cli.Terminal;
using MockOperator.Client.Ports;
using MockOperator.Client.Workloads;
using MockOperator.Kubernetes.Forwarding;

namespace MockOperator.Cli.Status;

/// <summary>How pods are, as kubectl shows it, and which revision they say they serve.</summary>
internal static class PodReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Reads a pod, and asks it if it runs.</summary>
    /// <param name="ports">The ports of its mock.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="wanted">The revision that it should serve; null when that is not known.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<PodState> ReadAsync(MockPorts ports, Pod pod, string? wanted, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = Read(pod);
        if (pod.Status?.Phase != "Running" || state.State != "Running")
            return state;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var revision = (await ports.ReadMetricsAsync(state.Name, either.Token)).Revision;
            return revision is null ? state with { Silence = "It serves nothing yet." } : state with { Revision = revision, IsCurrent = wanted is null ? null : revision == wanted };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (e is HttpRequestException or IOException or OperationCanceledException))
        {
            var failure = PodPortException.In(e);
            return state with { Silence = failure?.Message ?? (patience.IsCancellationRequested ? $"It did not answer in {Patience.TotalSeconds:0} s." : e.Message) };
        }
    }

    /// <summary>How a pod is, by its status alone.</summary>
    public static PodState Read(Pod pod)
    {
        var containers = pod.Status?.ContainerStatuses ?? [];
        var (state, why) = (pod.Status?.Phase ?? "Unknown", pod.Status?.Message);
        if (containers.Select(container => container.State?.Waiting).FirstOrDefault(waiting => waiting?.Reason is not null) is { } waiting)
            (state, why) = (waiting.Reason, waiting.Message ?? why);
        else if (containers.Select(container => container.State?.Terminated).FirstOrDefault(terminated => terminated is not null) is { } terminated)
            (state, why) = (terminated.Reason ?? "Terminated", terminated.Message ?? $"exit code {terminated.ExitCode}");
        else if (pod.Status?.Phase == "Pending" && pod.Status.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" }) is { } unscheduled)
            why = unscheduled.Message;
        if (pod.Metadata.DeletionTimestamp is not null)
            state = "Terminating";
        if (why is null && containers.Select(container => container.LastState?.Terminated).FirstOrDefault(last => last is not null) is { } last && containers.Any(container => !container.Ready))
            why = $"it ended before: {last.Reason}, exit code {last.ExitCode}";
        var created = pod.Metadata.CreationTimestamp is { } moment ? new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)) : (DateTimeOffset?)null;
        return new PodState(
            pod.Metadata.Name, Printable.Line(state), MockPorts.IsReady(pod), containers.Sum(container => container.RestartCount), pod.Spec?.NodeName, created, why is { Length: > 0 } ? why : null);
    }
}
