using System.Text.Json;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Caching;
using MockOperator.Resources;

namespace MockOperator.Operator.Projections;

/// <summary>What the store keeps of a collection: its versions and where their content is. Large content and the large status that comes of it are read when they are needed.</summary>
public static class CollectionProjection
{
    private static readonly JsonElement s_leftOut = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>A collection without what is large in it.</summary>
    public static Collection Of(Collection collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        collection.Metadata = MetadataProjection.OfResource(ObjectTrimming.WithoutBookkeeping(collection).Metadata);
        if (collection.Spec is { } spec && ContentSize.Of(spec) + (spec.Versions ?? []).Sum(ContentSize.Of) + StatusOf(collection) > ContentSize.Kept)
        {
            collection.IsTrimmed = true;
            collection.Status = null;
            collection.Spec = spec with
            {
                Postman = spec.Postman is null ? null : s_leftOut,
                Examples = spec.Examples is null ? null : [],
                Versions = spec.Versions is null ? null : [.. spec.Versions.Select(static version => version with
                {
                    Postman = version.Postman is null ? null : s_leftOut,
                    Examples = version.Examples is null ? null : [],
                })],
            };
        }

        return collection;
    }

    private static int StatusOf(Collection collection) =>
        collection.Status is { } status ? JsonSerializer.SerializeToUtf8Bytes(status, ResourceJson.Default.CollectionStatus).Length : 0;
}
