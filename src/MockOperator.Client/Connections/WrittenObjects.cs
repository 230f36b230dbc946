using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Connections;

/// <summary>What one call has created, so that nothing half made stays when a later write is refused.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="dryRun">Whether the server only judges, so that there is nothing to take back.</param>
internal sealed class WrittenObjects(MockCluster cluster, bool dryRun)
{
    private static readonly TimeSpan LongestRemoval = TimeSpan.FromSeconds(10);

    private readonly Stack<(string What, Func<CancellationToken, Task> Remove)> _removals = new();

    /// <summary>Whether the server only judges.</summary>
    public bool IsDryRun => dryRun;

    /// <summary>Creates an object and remembers it.</summary>
    /// <exception cref="ApiException">The name is taken, the server refused, or it cannot be reached.</exception>
    public async Task<T> CreateAsync<T>(T desired, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var created = await cluster.Api.CreateAsync(desired, dryRun, cancellationToken);
        if (!dryRun)
        {
            var key = ObjectKey.Of(created);
            var uid = created.Metadata.Uid;
            // By identity: somebody else's object of the same name is spared.
            _removals.Push(($"{ResourceKind.Of<T>().Kind} {key}", end => cluster.Api.DeleteAsync<T>(key, new DeletePreconditions(uid), end)));
        }

        return created;
    }

    /// <summary>Runs the writes of a call; when one fails, removes again what the call has created.</summary>
    /// <exception cref="ApiException">What the writes threw, with the names of what could not be removed.</exception>
    public async Task<T> AllOrNothingAsync<T>(Func<Task<T>> writes)
    {
        try
        {
            return await writes();
        }
        catch (Exception failure)
        {
            var left = await RemoveAsync();
            if (left.Count == 0 || failure is not ApiException refusal)
                throw;
            throw new ApiException($"{refusal.Message}. What was made before it could not be removed, so remove it yourself: {string.Join(", ", left)}", refusal.Error, refusal);
        }
    }

    private async Task<IReadOnlyList<string>> RemoveAsync()
    {
        // Whoever gave up the call did not give up its tidying.
        using var end = new CancellationTokenSource(LongestRemoval, cluster.Time);
        var left = new List<string>();
        while (_removals.TryPop(out var written))
        {
            try
            {
                await written.Remove(end.Token);
            }
            catch (Exception e) when (e is ApiException or OperationCanceledException)
            {
                left.Add(written.What);
            }
        }

        return left;
    }
}
