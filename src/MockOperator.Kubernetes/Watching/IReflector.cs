namespace MockOperator.Kubernetes.Watching;

/// <summary>A loop that keeps a store up to date, whatever the kind.</summary>
public interface IReflector
{
    /// <summary>What is watched, for logs and health.</summary>
    string Description { get; }

    /// <summary>When the loop last moved: an event, a list, a reconnect or a step of waiting (I6).</summary>
    DateTimeOffset LastProgress { get; }

    /// <summary>Whether a list has come through once.</summary>
    bool HasListed { get; }

    /// <summary>Why the last list or watch failed; null once a list has come through again.</summary>
    string? Problem { get; }

    /// <summary>Runs until cancelled; nothing else ends it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends then.</returns>
    Task RunAsync(CancellationToken cancellationToken);
}
