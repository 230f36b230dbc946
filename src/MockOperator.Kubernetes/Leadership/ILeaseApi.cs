using k8s.Models;

namespace MockOperator.Kubernetes.Leadership;

/// <summary>The three calls that leader election needs; the seam of its tests.</summary>
public interface ILeaseApi
{
    /// <summary>Reads the lease.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The lease; null when there is none.</returns>
    Task<V1Lease?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Creates the lease.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The lease with its version.</returns>
    /// <exception cref="Client.ApiException">There is one (<see cref="Client.ApiFailure.AlreadyExists"/>).</exception>
    Task<V1Lease> CreateAsync(V1Lease lease, CancellationToken cancellationToken);

    /// <summary>Replaces the lease if it still has the version given.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The lease with its new version.</returns>
    /// <exception cref="Client.ApiException">It changed (<see cref="Client.ApiFailure.Conflict"/>).</exception>
    Task<V1Lease> ReplaceAsync(V1Lease lease, CancellationToken cancellationToken);
}
