using System.Threading.Channels;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Queueing;
using MockOperator.Operator.Stores;

namespace MockOperator.Operator.Publishing;

/// <summary>
/// Takes back the URLs of mocks that are gone: those deleted while no operator ran, and those whose last publication came to light only after the mock had
/// gone. Without it only a finalizer would do, and a finalizer can hold up a namespace.
/// </summary>
public sealed class PublishedUrlSweep(OperatorStores stores, UrlPublisher publisher, TimeProvider time) : ILeaderTask
{
    // Changes come in bursts; one look after each burst is enough.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    // For what is refused, and for mocks that the server has though the store has not.
    private static readonly Backoff s_backoff = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30));

    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<ObjectKey, (int Failures, DateTimeOffset NotBefore)> _left = [];

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        stores.ConfigMaps.Changed += OnConfigMap;
        stores.Mocks.Changed += OnMock;
        try
        {
            while (true)
            {
                await SweepAsync(cancellationToken);
                await WaitAsync(cancellationToken);
                await Task.Delay(s_pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The usual end.
        }
        finally
        {
            stores.ConfigMaps.Changed -= OnConfigMap;
            stores.Mocks.Changed -= OnMock;
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        HashSet<ObjectKey> orphans = [.. stores.ConfigMaps.List()
            .SelectMany(static map => OperatorStores.PublishersOf(map))
            .Distinct(StringComparer.Ordinal)
            .Select(static value => value.Split('/'))
            .Select(static parts => new ObjectKey(parts[0], parts[1]))
            .Where(mock => stores.Mocks.Get(mock) is null)];
        foreach (ObjectKey settled in _left.Keys.Where(mock => !orphans.Contains(mock)).ToList())
        {
            _left.Remove(settled);
        }

        foreach (ObjectKey mock in orphans)
        {
            (int failures, DateTimeOffset notBefore) = _left.GetValueOrDefault(mock);
            if (time.GetUtcNow() < notBefore)
            {
                continue;
            }

            // Until the store shows it as taken back it may be looked at again, and not at once.
            failures++;
            _left[mock] = (failures, time.GetUtcNow() + s_backoff.After(failures));
            try
            {
                await publisher.RetractOrphanAsync(mock, cancellation);
            }
            catch (ApiException)
            {
                // The API server refuses or is away: a later look tries again.
            }
        }
    }

    /// <summary>Waits for a change, or until something that was left is due.</summary>
    private async Task WaitAsync(CancellationToken cancellation)
    {
        if (_left.Count == 0)
        {
            await _wanted.Reader.ReadAsync(cancellation);
            return;
        }

        TimeSpan due = _left.Values.Min(static left => left.NotBefore) - time.GetUtcNow();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task changed = _wanted.Reader.ReadAsync(either.Token).AsTask();
        await Task.WhenAny(changed, Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, time, either.Token));
        await either.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private void OnConfigMap(StoreChange<MetadataOf<V1ConfigMap>> change)
    {
        if (change.New is { } map && OperatorStores.PublishersOf(map).Any())
        {
            _wanted.Writer.TryWrite(true);
        }
    }

    private void OnMock(StoreChange<MockServer> change)
    {
        if (change.Kind == StoreChangeKind.Deleted)
        {
            _wanted.Writer.TryWrite(true);
        }
    }
}
