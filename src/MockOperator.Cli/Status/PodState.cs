namespace MockOperator.Cli.Status;

/// <summary>A pod of a mock.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state as kubectl says it, such as <c>Running</c> or <c>ImagePullBackOff</c>.</param>
/// <param name="IsReady">Whether it takes calls.</param>
/// <param name="Restarts">How often its containers began again.</param>
/// <param name="Node">Where it runs; null when nowhere.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="Why">Why it does not run, as the cluster says; null when it does.</param>
/// <param name="Revision">The revision that it says it serves; null when it did not say.</param>
/// <param name="IsCurrent">Whether that is the mock's; null when it did not say.</param>
/// <param name="Silence">Why it did not say; null when it did, or was not asked because it does not run.</param>
internal sealed record PodState(
    string Name, string State, bool IsReady, int Restarts, string? Node, DateTimeOffset? CreatedAt, string? Why, string? Revision = null, bool? IsCurrent = null, string? Silence = null);
