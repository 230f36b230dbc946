using k8s;
using k8s.Models;
using MockOperator.Client.Collections;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Client.Mocks;

/// <summary>Makes mocks of drafts.</summary>
public sealed class MockMaker(MockCluster cluster)
{
    // Only between watches that ended with nothing to tell: a watch itself tells at once.
    private static readonly TimeSpan BetweenWatches = TimeSpan.FromSeconds(1);

    /// <summary>The objects that a draft becomes, in the order in which they are written: what would be applied, to be shown or printed. Nothing is sent.</summary>
    /// <param name="draft">The draft.</param>
    /// <returns>ConfigMaps and Secrets, the Collection, the MockServer.</returns>
    /// <exception cref="DocumentException">The draft breaks a rule; the message names the field.</exception>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Render(MockDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        List<IKubernetesObject<V1ObjectMeta>> objects = [.. DraftedMock.Of(draft).Objects(draft.EnvironmentDocument)];
        foreach (var one in objects)
            (one.ApiVersion, one.Kind) = (ResourceKind.Of(one.GetType()).ApiVersion, ResourceKind.Of(one.GetType()).Kind);
        return objects;
    }

    /// <summary>Makes the mock and all that it takes. When a write is refused, what this call had written before is removed again.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls; what is written then is removed again.</param>
    /// <returns>The MockServer as the server has it.</returns>
    /// <exception cref="ApiException">A name is taken, the server refused, or it cannot be reached. What could not be removed is named in the message.</exception>
    /// <exception cref="DocumentException">The draft breaks a rule; the message names the field.</exception>
    public Task<MockServer> MakeAsync(MockDraft draft, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var drafted = DraftedMock.Of(draft);
        var written = new WrittenObjects(cluster, dryRun);
        return written.AllOrNothingAsync(async () =>
        {
            if (draft.EnvironmentDocument is { } environment)
                await EnvironmentStore.CreateAsync(DraftedMock.EnvironmentKey(ObjectKey.Of(drafted.Mock)), environment, written, cancellationToken);
            if (drafted.Collection is { } collection)
                await new CollectionStore(cluster).CreateAsync(collection, written, cancellationToken);
            return await written.CreateAsync(drafted.Mock, cancellationToken);
        });
    }

    /// <summary>Waits until a mock is ready, or until only an edit would help.</summary>
    /// <param name="made">The mock as it was written.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="told">Told of each status on the way.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The mock as it was seen last: ready, stalled, or what it was when patience ended.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public async Task<MockServer> WaitAsync(MockServer made, TimeSpan patience, Action<MockServer>? told = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(made);
        using var end = new CancellationTokenSource(patience, cluster.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        var last = made;
        try
        {
            while (!IsDecided(last))
                last = await WatchAsync(last, seen => Tell(last = seen), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Patience has ended.
        }

        return last;

        void Tell(MockServer seen) => told?.Invoke(seen);
    }

    private static bool IsDecided(MockServer mock) => MockSummary.Of(mock).State is MockState.Ready or MockState.Paused or MockState.Stalled or MockState.Deleting;

    /// <summary>Follows a mock from the version that was seen last, until it is decided or the server ends the watch.</summary>
    private async Task<MockServer> WatchAsync(MockServer from, Action<MockServer> told, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(from);
        var query = new WatchQuery { Namespace = key.Namespace, FieldSelector = $"metadata.name={key.Name}", ResourceVersion = from.Metadata.ResourceVersion };
        try
        {
            await foreach (var news in new WatchStream(cluster.Api.Transport, cluster.Api.Json, cluster.Time).OpenAsync<MockServer>(query, cancellationToken))
            {
                if (news.Kind == WatchEventKind.Error)
                    break;
                if (news.Kind == WatchEventKind.Deleted)
                    throw Refusals.NotFound<MockServer>(key);
                if (news.Entity is not { } seen)
                    continue;
                told(seen);
                if (IsDecided(seen))
                    return seen;
            }
        }
        catch (ApiException lost) when (lost.Kind is ApiFailure.Unavailable or ApiFailure.Expired)
        {
            // The read below says whether the server is away.
        }

        var now = await cluster.Api.GetAsync<MockServer>(key, cancellationToken) ?? throw Refusals.NotFound<MockServer>(key);
        if (now.Metadata.ResourceVersion != from.Metadata.ResourceVersion)
            told(now);
        else
            await Task.Delay(BetweenWatches, cluster.Time, cancellationToken);
        return now;
    }
}
