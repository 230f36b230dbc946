namespace MockOperator.Client.Calls;

/// <summary>How long pods are waited for.</summary>
public sealed record MockCallsOptions
{
    /// <summary>The time that a pod has for an answer, the way to it included.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The time between looks for pods that came or went, while calls are followed.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);
}
