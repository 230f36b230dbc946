using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Environments;

/// <summary>Environments that Postman exported, in a cluster: each is a ConfigMap with a label, or a Secret where a variable is secret.</summary>
public sealed class EnvironmentStore(MockCluster cluster)
{
    /// <summary>The label that marks one.</summary>
    public const string Label = "mockoperator.dev/postman-environment";

    /// <summary>The key that the document has in its ConfigMap or Secret.</summary>
    public const string Key = "environment.json";

    /// <summary>Stores a new environment.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="document">The export.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="ApiException">The name is taken, the server refused or cannot be reached.</exception>
    public Task<StoredEnvironment> CreateAsync(ObjectKey key, EnvironmentDocument document, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException(cluster.Namespace);

    /// <summary>Replaces the content. One that becomes secret moves into a Secret.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="document">The export.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="ApiException">There is none, the server refused or cannot be reached.</exception>
    public Task<StoredEnvironment> ReplaceAsync(ObjectKey key, EnvironmentDocument document, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Lists those of a namespace by metadata alone: no content is read. Secrets that the caller may not list are left out.</summary>
    /// <param name="inNamespace">The namespace; null for all.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The environments, by name.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<IReadOnlyList<StoredEnvironment>> ListAsync(string? inNamespace, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Reads the document of one.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The document in UTF-8; null when there is none.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<ReadOnlyMemory<byte>?> ExportAsync(ObjectKey key, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Deletes one.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
