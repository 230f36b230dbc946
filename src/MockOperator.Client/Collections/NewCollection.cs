using k8s.Models;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>A collection that is to be stored: the ConfigMaps of its document, when that does not fit, and the object that names them.</summary>
/// <param name="Pieces">The ConfigMaps; none for a document that is a field.</param>
/// <param name="Object">The Collection.</param>
internal sealed record NewCollection(IReadOnlyList<V1ConfigMap> Pieces, Collection Object)
{
    /// <summary>Decides how a document is stored.</summary>
    /// <exception cref="DocumentException">It is too large even when compressed, or the name is too long for it.</exception>
    public static NewCollection Of(ObjectKey key, CollectionDocument document)
    {
        var (pieces, spec) = Content(key, document.Bytes);
        return new(pieces, new Collection
        {
            Metadata = new V1ObjectMeta { Name = key.Name, NamespaceProperty = key.Namespace, Annotations = DisplayName.Annotations(document.Name) },
            Spec = spec,
        });
    }

    /// <summary>The source that a document becomes, and the ConfigMaps that it takes.</summary>
    /// <exception cref="DocumentException">It is too large even when compressed, or the name is too long for it.</exception>
    public static (IReadOnlyList<V1ConfigMap> Pieces, CollectionSpec Source) Content(ObjectKey key, ReadOnlyMemory<byte> document)
    {
        if (InlineDocument.Of(document, CollectionStore.LargestInline) is { } field)
            return ([], new CollectionSpec { Postman = field });
        var packed = Pack(key, document);
        return (packed.ConfigMaps(key.Namespace, key.Name), new CollectionSpec { ConfigMapKeyRef = packed.Reference(packed.OwnPrefix(key.Name)) });
    }

    /// <summary>Packs a document of a Collection.</summary>
    /// <exception cref="DocumentException">It is too large even when compressed, or the name is too long for it.</exception>
    public static PackedDocument Pack(ObjectKey key, ReadOnlyMemory<byte> document)
    {
        if (document.Length > ContentReference.LargestContent)
            throw new DocumentException($"The collection has {document.Length} bytes, and {ContentReference.LargestContent} can be served. Split it, or remove large examples.");
        if (key.Name.Length > PackedDocument.LongestName)
            throw new DocumentException($"A collection of this size takes ConfigMaps that are labelled by its name: '{key.Name}' has more than {PackedDocument.LongestName} characters. Choose a shorter one.");
        return PackedDocument.Pack(document.Span)
            ?? throw new DocumentException($"Even compressed the collection needs more than {PackedDocument.MaxParts} ConfigMaps. Split it, or remove large examples.");
    }
}
