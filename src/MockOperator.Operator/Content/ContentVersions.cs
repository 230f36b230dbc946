using System.Text;
using k8s.Models;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>Names the versions of what content is made from, by what the store knows: nothing is read.</summary>
public static class ContentVersions
{
    /// <summary>The versions of a source.</summary>
    /// <param name="ns">Namespace of the object that holds the source.</param>
    /// <param name="source">The source.</param>
    /// <param name="inline">Names the version of inline content; null when it cannot be named.</param>
    /// <param name="configMaps">The store of ConfigMaps.</param>
    /// <returns>Null when the versions are not known: inline content without a version, or a ConfigMap that has not been seen.</returns>
    public static string? Of(string ns, ICollectionSource source, string? inline, ResourceStore<MetadataOf<V1ConfigMap>> configMaps)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(configMaps);
        if (source.ConfigMapKeyRef is not { } reference)
        {
            return inline;
        }

        var text = new StringBuilder(ns);
        foreach ((string name, string key) in (reference.Parts ?? []).Select(static part => (part.Name, part.Key)).Prepend((reference.Name, reference.Key)))
        {
            if (configMaps.Get(ns, name) is not { } map)
            {
                return null;
            }

            text.Append('\n').Append(name).Append('/').Append(key).Append(' ').Append(map.Metadata.Uid).Append(' ').Append(map.Metadata.ResourceVersion);
        }

        return text.ToString();
    }
}
