using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Leadership;

/// <summary>The lease on the server, over a connection of its own and without retries: the elector retries by its own clock.</summary>
/// <param name="transport">The connections.</param>
/// <param name="options">Which lease.</param>
/// <param name="fieldManager">Who writes.</param>
/// <param name="time">The clock of time-outs.</param>
public sealed class LeaseApi(ApiTransport transport, LeaseOptions options, string fieldManager, TimeProvider? time = null) : ILeaseApi
{
    private readonly ResourceClient _client = new(
        transport,
        new ResourceClientOptions
        {
            FieldManager = fieldManager,
            Lane = TransportLane.Lease,
            Retries = 0,
            AttemptTimeout = options.RenewDeadline / 2 > TimeSpan.FromSeconds(1) ? options.RenewDeadline / 2 : TimeSpan.FromSeconds(1),
        },
        time);

    /// <inheritdoc/>
    public Task<V1Lease?> GetAsync(CancellationToken cancellationToken) =>
        _client.GetAsync<V1Lease>(new ObjectKey(options.Namespace, options.Name), cancellationToken);

    /// <inheritdoc/>
    public Task<V1Lease> CreateAsync(V1Lease lease, CancellationToken cancellationToken) => _client.CreateAsync(lease, cancellationToken);

    /// <inheritdoc/>
    public Task<V1Lease> ReplaceAsync(V1Lease lease, CancellationToken cancellationToken) => _client.ReplaceAsync(lease, cancellationToken);
}
