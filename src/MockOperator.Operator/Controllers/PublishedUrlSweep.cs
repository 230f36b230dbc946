using System.Threading.Channels;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Kinds;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// Takes back the URLs of mocks that are gone: those deleted while no operator ran, and those whose last publication came to light only after the mock had
/// gone. Without it only a finalizer would do, and a finalizer can hold up a namespace.
/// </summary>
public sealed class PublishedUrlSweep(OperatorStores stores, UrlPublisher publisher, TimeProvider time) : ILeaderTask
{
    // Changes come in bursts; one look after each burst is enough.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

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
                await _wanted.Reader.ReadAsync(cancellationToken);
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
        IEnumerable<ObjectKey> publishers = stores.ConfigMaps.List()
            .SelectMany(static map => OperatorStores.PublishersOf(map))
            .Distinct(StringComparer.Ordinal)
            .Select(static value => value.Split('/'))
            .Select(static parts => new ObjectKey(parts[0], parts[1]));
        foreach (ObjectKey mock in publishers.Where(mock => stores.Mocks.Get(mock) is null))
        {
            try
            {
                await publisher.RetractAsync(mock, except: null, cancellation);
            }
            catch (ApiException)
            {
                // The API server refuses or is away: the next look tries again.
                _wanted.Writer.TryWrite(true);
            }
        }
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
