using System.Text;
using System.Text.Unicode;
using k8s.Models;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Client.Environments;

/// <summary>Environments that Postman exported, in a cluster: each is a ConfigMap with a label, or a Secret where a variable is secret.</summary>
public sealed class EnvironmentStore(MockCluster cluster)
{
    /// <summary>The label that marks one.</summary>
    public const string Label = "mockoperator.dev/postman-environment";

    /// <summary>The key that the document has in its ConfigMap or Secret.</summary>
    public const string Key = "environment.json";

    private const string LabelValue = "true";

    /// <summary>Stores a new environment.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="document">The export.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="ApiException">The name is taken, the server refused or cannot be reached.</exception>
    public Task<StoredEnvironment> CreateAsync(ObjectKey key, EnvironmentDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return CreateAsync(key, document, new WrittenObjects(cluster, dryRun: false), cancellationToken);
    }

    /// <summary>Stores an environment as a part of something larger.</summary>
    internal static async Task<StoredEnvironment> CreateAsync(ObjectKey key, EnvironmentDocument document, WrittenObjects written, CancellationToken cancellationToken) =>
        document.IsSecret
            ? Stored(await written.CreateAsync(SecretOf(key, document), cancellationToken))
            : Stored(await written.CreateAsync(ConfigMapOf(key, document), cancellationToken));

    /// <summary>Replaces the content. One that becomes secret moves into a Secret, and the mocks that use it follow; one that is in a Secret stays there.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="document">The export.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="ApiException">There is none, the server refused or cannot be reached.</exception>
    public Task<StoredEnvironment> ReplaceAsync(ObjectKey key, EnvironmentDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return ReplaceInnerAsync();

        async Task<StoredEnvironment> ReplaceInnerAsync()
        {
            if (await FindAsync(key, cancellationToken) is not { } found)
                throw Refusals.NotFound<V1ConfigMap>(key);
            if (found.IsSecret)
                return Stored(await cluster.Api.ApplyAsync(SecretOf(key, document), null, cancellationToken));
            if (!document.IsSecret)
                return Stored(await cluster.Api.ApplyAsync(ConfigMapOf(key, document), null, cancellationToken));
            var written = new WrittenObjects(cluster, dryRun: false);
            return await written.AllOrNothingAsync(async () =>
            {
                var moved = Stored(await written.CreateAsync(SecretOf(key, document), cancellationToken));
                await MoveMocksAsync(key, cancellationToken);
                await cluster.Api.DeleteAsync<V1ConfigMap>(key, new DeletePreconditions(found.Metadata.Uid), cancellationToken);
                return moved;
            });
        }
    }

    /// <summary>Lists those of a namespace by metadata alone: no content is read. Secrets that the caller may not list are left out.</summary>
    /// <param name="inNamespace">The namespace; null for all.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The environments, by name.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<IReadOnlyList<StoredEnvironment>> ListAsync(string? inNamespace, CancellationToken cancellationToken = default)
    {
        return ListInnerAsync();

        async Task<IReadOnlyList<StoredEnvironment>> ListInnerAsync()
        {
            var query = new ListQuery { Namespace = inNamespace, LabelSelector = $"{Label}={LabelValue}" };
            var found = new List<StoredEnvironment>();
            await foreach (var map in cluster.Api.ListAsync<MetadataOf<V1ConfigMap>>(query, cancellationToken))
                found.Add(Stored(map.Metadata, isSecret: false));
            try
            {
                await foreach (var secret in cluster.Api.ListAsync<MetadataOf<V1Secret>>(query, cancellationToken))
                    found.Add(Stored(secret.Metadata, isSecret: true));
            }
            catch (ApiException refusal) when (refusal.Kind == ApiFailure.Forbidden)
            {
                // Who may not see Secrets sees the others.
            }

            return [.. found.OrderBy(static one => one.Key.Namespace, StringComparer.Ordinal).ThenBy(static one => one.Key.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Finds one by metadata alone.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The environment; null when there is none.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public async Task<StoredEnvironment?> FindAsync(ObjectKey key, CancellationToken cancellationToken = default)
    {
        if (await cluster.Api.GetAsync<MetadataOf<V1ConfigMap>>(key, cancellationToken) is { } map && IsMarked(map.Metadata))
            return Stored(map.Metadata, isSecret: false);
        return await cluster.Api.GetAsync<MetadataOf<V1Secret>>(key, cancellationToken) is { } secret && IsMarked(secret.Metadata) ? Stored(secret.Metadata, isSecret: true) : null;
    }

    /// <summary>Reads the document of one.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The document in UTF-8; null when there is none.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<ReadOnlyMemory<byte>?> ExportAsync(ObjectKey key, CancellationToken cancellationToken = default)
    {
        return ReadInnerAsync();

        async Task<ReadOnlyMemory<byte>?> ReadInnerAsync()
        {
            if (await cluster.Api.GetAsync<V1ConfigMap>(key, cancellationToken) is { } map && IsMarked(map.Metadata))
                return map.Data is not null && map.Data.TryGetValue(Key, out var text) ? Encoding.UTF8.GetBytes(text) : Bytes(map.BinaryData);
            return await cluster.Api.GetAsync<V1Secret>(key, cancellationToken) is { } secret && IsMarked(secret.Metadata) ? Bytes(secret.Data) : null;
        }

        static ReadOnlyMemory<byte>? Bytes(IDictionary<string, byte[]>? data) => data is not null && data.TryGetValue(Key, out var bytes) ? bytes : null;
    }

    /// <summary>Deletes one.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellationToken = default)
    {
        return DeleteInnerAsync();

        async Task<bool> DeleteInnerAsync() => await FindAsync(key, cancellationToken) switch
        {
            null => false,
            { IsSecret: true } secret => await cluster.Api.DeleteAsync<V1Secret>(key, new DeletePreconditions(secret.Metadata.Uid), cancellationToken),
            var map => await cluster.Api.DeleteAsync<V1ConfigMap>(key, new DeletePreconditions(map.Metadata.Uid), cancellationToken),
        };
    }

    /// <summary>The ConfigMap or Secret of a document.</summary>
    internal static V1ConfigMap ConfigMapOf(ObjectKey key, EnvironmentDocument document) => Utf8.IsValid(document.Bytes.Span)
        ? new() { Metadata = Describe(key, document), Data = new Dictionary<string, string>(StringComparer.Ordinal) { [Key] = Encoding.UTF8.GetString(document.Bytes.Span) } }
        : new() { Metadata = Describe(key, document), BinaryData = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [Key] = document.Bytes.ToArray() } };

    /// <inheritdoc cref="ConfigMapOf"/>
    internal static V1Secret SecretOf(ObjectKey key, EnvironmentDocument document) =>
        new() { Metadata = Describe(key, document), Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [Key] = document.Bytes.ToArray() } };

    /// <summary>How a mock refers to an environment.</summary>
    internal static PostmanEnvironmentSource ReferenceTo(string name, bool isSecret) => isSecret
        ? new() { SecretKeyRef = new SecretKeyReference { Name = name, Key = Key } }
        : new() { ConfigMapKeyRef = new ConfigMapKeyReference { Name = name, Key = Key } };

    private static V1ObjectMeta Describe(ObjectKey key, EnvironmentDocument document) => new()
    {
        Name = key.Name,
        NamespaceProperty = key.Namespace,
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Label] = LabelValue },
        Annotations = DisplayName.Annotations(document.Name),
    };

    private static bool IsMarked(V1ObjectMeta metadata) => metadata.Labels is { } labels && labels.TryGetValue(Label, out var value) && value == LabelValue;

    private static StoredEnvironment Stored(V1ConfigMap map) => Stored(map.Metadata, isSecret: false);

    private static StoredEnvironment Stored(V1Secret secret) => Stored(secret.Metadata, isSecret: true);

    private static StoredEnvironment Stored(V1ObjectMeta metadata, bool isSecret) =>
        new(new ObjectKey(metadata.NamespaceProperty, metadata.Name), isSecret, DisplayName.Of(metadata), metadata);

    private async Task MoveMocksAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var users = new List<ObjectKey>();
        await foreach (var mock in cluster.Api.ListAsync<ListedMock>(new ListQuery { Namespace = key.Namespace }, cancellationToken))
        {
            if (mock.Spec?.Environment?.Postman?.ConfigMapKeyRef is { } reference && reference.Name == key.Name && reference.Key == Key)
                users.Add(ObjectKey.Of(mock));
        }

        var patch = Encoding.UTF8.GetBytes($$"""{"spec":{"environment":{"postman":{"configMapKeyRef":null,"secretKeyRef":{"name":"{{key.Name}}","key":"{{Key}}"} } } } }""");
        foreach (var user in users)
            await cluster.Api.MergePatchAsync<MetadataOf<MockServer>>(user, patch, cancellationToken);
    }
}
