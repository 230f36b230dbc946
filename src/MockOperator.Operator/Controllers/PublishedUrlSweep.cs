using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// Takes back the URLs of mocks that were deleted while no operator ran. Without it only a finalizer would do, and a finalizer can hold up a namespace.
/// </summary>
public sealed class PublishedUrlSweep(OperatorStores stores, UrlPublisher publisher) : ILeaderTask
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IEnumerable<ObjectKey> publishers = stores.ConfigMaps.List()
            .SelectMany(static map => OperatorStores.PublishersOf(map))
            .Distinct(StringComparer.Ordinal)
            .Select(static value => value.Split('/'))
            .Select(static parts => new ObjectKey(parts[0], parts[1]));
        foreach (ObjectKey mock in publishers.Where(mock => stores.Mocks.Get(mock) is null))
        {
            await publisher.RetractAsync(mock, except: null, cancellationToken);
        }
    }
}
