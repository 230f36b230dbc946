using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Mocks;

/// <summary>Edits mocks. Only what an edit names is written, by a merge patch, so whatever others set stays.</summary>
public sealed class MockEditor(MockCluster cluster)
{
    /// <summary>The merge patch that an edit becomes, to be shown or sent.</summary>
    /// <param name="mock">The mock as it is.</param>
    /// <param name="edit">The edit.</param>
    /// <returns>A JSON object in UTF-8; <c>{}</c> when nothing would change.</returns>
    /// <exception cref="DocumentException">The edit breaks a rule, such as a version of a mock whose examples are its own; the message names the field and the cure.</exception>
    public static ReadOnlyMemory<byte> Patch(MockServer mock, MockEdit edit) => throw new NotImplementedException();

    /// <summary>Edits a mock.</summary>
    /// <param name="key">The mock.</param>
    /// <param name="edit">The edit.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The mock as the server has it now.</returns>
    /// <exception cref="ApiException">There is none (<see cref="ApiFailure.NotFound"/>), the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">The edit breaks a rule; the message names the field and the cure.</exception>
    public Task<MockServer> EditAsync(ObjectKey key, MockEdit edit, bool dryRun = false, CancellationToken cancellationToken = default) => throw new NotImplementedException(cluster.Namespace);

    /// <summary>Deletes a mock; its pods follow. Its Collection stays.</summary>
    /// <param name="key">The mock.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellationToken = default) => cluster.Api.DeleteAsync<MockServer>(key, null, cancellationToken);
}
