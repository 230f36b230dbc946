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

    /// <summary>Complete once the first list has come through, or failed.</summary>
    Task Tried { get; }

    /// <summary>Runs until cancelled; of an optional kind also until the server says that it has no such kind. Nothing else ends it. It can be run again.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends then.</returns>
    Task RunAsync(CancellationToken cancellationToken);
}
