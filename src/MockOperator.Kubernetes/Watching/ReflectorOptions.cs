using MockOperator.Kubernetes.Queueing;

namespace MockOperator.Kubernetes.Watching;

/// <summary>How a reflector lists, watches and waits.</summary>
public sealed record ReflectorOptions
{
    /// <summary>The shortest watch asked for.</summary>
    public TimeSpan ShortestWatch { get; init; } = TimeSpan.FromSeconds(200);

    /// <summary>The longest watch asked for; the length is random between the two, so that watches do not all end at once.</summary>
    public TimeSpan LongestWatch { get; init; } = TimeSpan.FromSeconds(230);

    /// <summary>Waits after failures.</summary>
    public Backoff Backoff { get; init; } = Backoff.OfWatches;

    /// <summary>After this long without a failure, waits begin small again.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Source of jitter.</summary>
    public Random Random { get; init; } = Random.Shared;
}
