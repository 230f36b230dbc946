using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;

namespace MockOperator.Kubernetes.Controllers;

/// <summary>Applies children only when something differs (I5), also after a restart.</summary>
/// <remarks>
/// <para>What is applied carries an annotation with its own hash. A child needs no write when the store's copy has the hash of what is desired now and our field manager
/// still owns every field in it (<see cref="ObjectTrimming.KeepingOwnership{T}"/> keeps what is needed for that, even of a <see cref="MetadataOf{T}"/>): the server takes
/// ownership away from us when anybody changes or removes a field that we applied.</para>
/// <para>Servers drop fields that they do not know; those are never owned. And of very many fields a store keeps a digest only. So what was owned right after our own apply is remembered, too, and serves for as long as
/// it stays the same; this memory goes with the child (I7).</para>
/// <para>Does not promise to notice fields that others added and we do not set: server-side apply would not remove them either.</para>
/// </remarks>
/// <param name="client">What applies; its field manager is ours.</param>
/// <param name="annotation">The annotation that holds the hash, such as <c>example.com/applied</c>.</param>
/// <param name="metrics">Counts what was left out; null for nowhere.</param>
public sealed class AppliedTokens(ResourceClient client, string annotation, OperatorMetrics? metrics = null)
{
    private readonly ConcurrentDictionary<(ResourceKind Kind, ObjectKey Key), Token> _tokens = new();

    /// <summary>The annotation that holds the hash.</summary>
    public string Annotation { get; } = annotation;

    /// <summary>The number of children remembered.</summary>
    public int Count => _tokens.Count;

    /// <summary>Applies a child if the observed one is not as desired.</summary>
    /// <typeparam name="T">The child's kind.</typeparam>
    /// <param name="desired">The child, built fresh. Gets the annotation.</param>
    /// <param name="observed">The child as a store has it, kept with <see cref="ObjectTrimming.KeepingOwnership{T}"/>; null when there is none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The child as the server has it when it was applied; null when nothing was written.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public async Task<T?> ApplyAsync<T>(T desired, IKubernetesObject<V1ObjectMeta>? observed, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var (id, hash) = Annotate(desired);
        if (observed is not null && IsApplied(desired, hash, observed, id))
        {
            metrics?.ApplySkipped.WithLabels(id.Kind.Kind).Inc();
            return null;
        }

        var applied = await client.ApplyAsync(desired, cancellationToken: cancellationToken);
        // Only where ownership alone cannot tell, so that in the usual case nothing is remembered.
        if (EntryOf(applied) is { } entry && FieldOwnership.Bytes(entry).Length <= ObjectTrimming.LargestOwnership && Covers(desired, entry))
            _tokens.TryRemove(id, out _);
        else
            _tokens[id] = new Token(hash, applied.Metadata.Uid, OwnershipOf(applied));
        return applied;
    }

    /// <summary>Whether <see cref="ApplyAsync"/> would leave a child as it is.</summary>
    /// <typeparam name="T">The child's kind.</typeparam>
    /// <param name="desired">The child, built fresh. Gets the annotation.</param>
    /// <param name="observed">The child as a store has it; null when there is none.</param>
    /// <returns>Whether nothing would be written.</returns>
    public bool IsApplied<T>(T desired, IKubernetesObject<V1ObjectMeta>? observed)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var (id, hash) = Annotate(desired);
        return observed is not null && IsApplied(desired, hash, observed, id);
    }

    /// <summary>Forgets a child that is gone.</summary>
    /// <typeparam name="T">The child's kind.</typeparam>
    /// <param name="key">The child.</param>
    public void Forget<T>(ObjectKey key) => _tokens.TryRemove((ResourceKind.Of<T>(), key), out _);

    /// <summary>Forgets the children that a store reports as gone, from now on.</summary>
    /// <typeparam name="T">The type of the store's objects.</typeparam>
    /// <param name="store">The store of the children.</param>
    public void Follow<T>(ResourceStore<T> store)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(store);
        store.Changed += change =>
        {
            if (change.Kind == StoreChangeKind.Deleted)
                Forget<T>(change.Key);
        };
    }

    private ((ResourceKind Kind, ObjectKey Key) Id, string Hash) Annotate<T>(T desired)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(desired);
        desired.Metadata.Annotations ??= new Dictionary<string, string>(StringComparer.Ordinal);
        desired.Metadata.Annotations.Remove(Annotation);
        var hash = HashOf(desired);
        desired.Metadata.Annotations[Annotation] = hash;
        return ((ResourceKind.Of<T>(), ObjectKey.Of(desired)), hash);
    }

    private bool IsApplied<T>(T desired, string hash, IKubernetesObject<V1ObjectMeta> observed, (ResourceKind Kind, ObjectKey Key) id)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (observed.Metadata.DeletionTimestamp is not null
            || observed.Metadata.Annotations is not { } annotations
            || !annotations.TryGetValue(Annotation, out var theirs)
            || theirs != hash
            || EntryOf(observed) is not { } entry)
        {
            return false;
        }

        if (_tokens.TryGetValue(id, out var token) && token.Hash == hash && token.Uid == observed.Metadata.Uid && token.Ownership == OwnershipOf(observed))
            return true;

        return Covers(desired, entry);
    }

    private bool Covers<T>(T desired, V1ManagedFieldsEntry entry)
    {
        using var fields = FieldOwnership.Parse(entry);
        return fields is not null && FieldOwnership.Covers(JsonSerializer.SerializeToElement(desired, ApiJson.TypeOf<T>(client.Json)), fields.RootElement);
    }

    private string HashOf<T>(T desired)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = ResourceKind.Of<T>();
        desired.ApiVersion = kind.ApiVersion;
        desired.Kind = kind.Kind;
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(desired, ApiJson.TypeOf<T>(client.Json))).AsSpan(0, 16));
    }

    private V1ManagedFieldsEntry? EntryOf(IKubernetesObject<V1ObjectMeta> entity) => entity.Metadata.ManagedFields?.FirstOrDefault(
        e => e.Manager == client.FieldManager && e.Operation == "Apply" && string.IsNullOrEmpty(e.Subresource));

    private string OwnershipOf(IKubernetesObject<V1ObjectMeta> entity) =>
        EntryOf(entity) is { } entry ? Encoding.UTF8.GetString(FieldOwnership.Digest(FieldOwnership.Bytes(entry))) : "";

    private sealed record Token(string Hash, string Uid, string Ownership);
}
