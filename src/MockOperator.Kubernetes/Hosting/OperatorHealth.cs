using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Leadership;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>Whether this process is ready, and whether it still moves.</summary>
/// <remarks>
/// Ready: all stores have been synced once; a standby is ready, too, or a rolling update would never end. Live: the elector does not hang, every watch loop that runs moved within
/// <see cref="LongestSilence"/> (waiting for a dead server counts as moving: restarting cures nothing then), no reconcile runs far beyond its time-out (I6).
/// </remarks>
/// <param name="stores">All stores with their reflectors.</param>
/// <param name="controllers">All controllers.</param>
/// <param name="optional">What starts and stops the watches of optional kinds.</param>
/// <param name="elector">The elector; null without leader election.</param>
/// <param name="time">The clock.</param>
public sealed class OperatorHealth(IEnumerable<WatchedStore> stores, IEnumerable<IControllerLoop> controllers, OptionalKinds optional, LeaseElector? elector, TimeProvider time)
{
    private readonly IReadOnlyList<WatchedStore> _stores = [.. stores];
    private readonly IReadOnlyList<IControllerLoop> _controllers = [.. controllers];

    /// <summary>The longest that a watch loop may stand still. A watch itself ends after four minutes at most.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Why this process is not ready.</summary>
    /// <returns>The reasons; none when it is ready.</returns>
    public IReadOnlyList<string> NotReady() => [.. _stores.SelectMany(s => s.Missing)];

    /// <summary>Why this process should be restarted.</summary>
    /// <returns>The reasons; none when it is alive.</returns>
    public IReadOnlyList<string> NotLive()
    {
        var now = time.GetUtcNow();
        var reasons = _stores.SelectMany(s => s.Running).Select(r => (What: r.Description, r.LastProgress)).Append((What: "for kinds that the server may not have", optional.LastProgress))
            .Where(w => now - w.LastProgress > LongestSilence)
            .Select(w => $"watching {w.What} stands still since {w.LastProgress:u}")
            .Concat(_controllers.Where(c => c.LongestReconcile > (c.Timeout * 2) + TimeSpan.FromMinutes(1))
                .Select(c => $"a reconcile of {c.Name} runs for {c.LongestReconcile.TotalSeconds:0} s"));
        return elector?.IsStuck == true ? [.. reasons, "the lease is believed held but not renewed"] : [.. reasons];
    }
}
