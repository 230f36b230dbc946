using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>Collections in a cluster: stored, read again as Postman reads them, tagged, and given examples.</summary>
/// <remarks>
/// A document of at most <see cref="LargestInline"/> is a field of its Collection; a larger one is compressed into ConfigMaps that the Collection owns and names, of stable names, so that one that
/// has grown or shrunk leaves nothing behind. ConfigMaps are written before the Collection that names them, and what is no longer named goes last: what is served is whole after every write.
/// </remarks>
public sealed class CollectionStore(MockCluster cluster)
{
    /// <summary>Largest document that is kept in the Collection itself, in bytes.</summary>
    public const int LargestInline = 256 * 1024;

    /// <summary>Stores a new collection.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="document">The export.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The Collection as the server has it.</returns>
    /// <exception cref="ApiException">The name is taken (<see cref="ApiFailure.AlreadyExists"/>), the server refused, or it cannot be reached; what had been written for it is removed again.</exception>
    /// <exception cref="DocumentException">It is too large even when compressed.</exception>
    public Task<Collection> CreateAsync(ObjectKey key, CollectionDocument document, bool dryRun = false, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Replaces the current content of a collection; its versions, labels and annotations stay.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="document">The export.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The Collection as the server has it.</returns>
    /// <exception cref="ApiException">There is none (<see cref="ApiFailure.NotFound"/>), it changed meanwhile (<see cref="ApiFailure.Conflict"/>), the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">It is too large even when compressed.</exception>
    public Task<Collection> ReplaceAsync(ObjectKey key, CollectionDocument document, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Reads the content of a collection as a Postman export, v2.1. One that was written as examples becomes one; a document that Postman exported is returned byte for byte.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="version">A tag; null for the current content.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The document in UTF-8; null when there is no such collection.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">There is no such version, or a ConfigMap that it names is missing or broken; the message names it.</exception>
    public Task<ReadOnlyMemory<byte>?> ExportAsync(ObjectKey key, string? version = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Freezes the current content as a version.</summary>
    /// <param name="key">The collection.</param>
    /// <param name="tag">Name of the version; not <see cref="CollectionSpec.CurrentVersion"/>.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The Collection as the server has it.</returns>
    /// <exception cref="ApiException">There is no such collection, it changed meanwhile, the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">The tag exists or is none; the message says what may be.</exception>
    public Task<Collection> TagAsync(ObjectKey key, string tag, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Adds an example to the current content, whatever form that has.</summary>
    /// <param name="key">The collection.</param>
    /// <param name="example">The example. Its name must be new.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The content before and after, as text of which each example is a piece of lines, for a diff.</returns>
    /// <exception cref="ApiException">There is no such collection, it changed meanwhile, the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">An example of that name exists, or the content is in a ConfigMap that something else owns; the message says what to do.</exception>
    public Task<CollectionChange> AddExampleAsync(ObjectKey key, ExampleSpec example, bool dryRun = false, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Deletes a collection and the ConfigMaps that it owns.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellationToken = default) => cluster.Api.DeleteAsync<Collection>(key, null, cancellationToken);
}
