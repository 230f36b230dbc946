using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

/// <summary>A kind of the Kubernetes API: what it is called and where it lives.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version within the group, such as <c>v1</c>.</param>
/// <param name="Kind">The kind, such as <c>Deployment</c>.</param>
/// <param name="Plural">The resource name in URLs, such as <c>deployments</c>.</param>
/// <param name="Namespaced">Whether each object lives in a namespace.</param>
public sealed record ResourceKind(string Group, string Version, string Kind, string Plural, bool Namespaced = true)
{
    private static readonly ConcurrentDictionary<Type, ResourceKind> Known = new();

    private static readonly Type[] OfTheCluster =
    [
        typeof(V1Namespace), typeof(V1Node), typeof(V1CustomResourceDefinition), typeof(V1ClusterRole), typeof(V1ClusterRoleBinding),
        typeof(V1PersistentVolume), typeof(V1StorageClass), typeof(V1PriorityClass), typeof(V1IngressClass),
        typeof(V1SelfSubjectAccessReview),
    ];

    /// <summary>What <c>apiVersion</c> says in a manifest.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The kind that a C# type stands for, from its <see cref="KubernetesEntityAttribute"/>; of <see cref="MetadataOf{T}"/>, the kind of its argument.</summary>
    /// <typeparam name="T">The C# type.</typeparam>
    /// <returns>The kind.</returns>
    /// <exception cref="ArgumentException">The type carries no such attribute.</exception>
    public static ResourceKind Of<T>() => Of(typeof(T));

    /// <inheritdoc cref="Of{T}()"/>
    /// <param name="type">The C# type.</param>
    public static ResourceKind Of(Type type) => Known.GetOrAdd(type, Read);

    /// <summary>The path of a list or of an object, relative to the server's address, without a leading slash.</summary>
    /// <param name="namespace">The namespace; null or empty for all, and for kinds of the cluster.</param>
    /// <param name="name">The object; null for the list.</param>
    /// <param name="subresource">Such as <c>status</c>.</param>
    /// <returns>The path, escaped.</returns>
    public string Path(string? @namespace = null, string? name = null, string? subresource = null)
    {
        var path = new StringBuilder(Group.Length == 0 ? "api/" : $"apis/{Group}/").Append(Version);
        if (Namespaced && !string.IsNullOrEmpty(@namespace))
            path.Append("/namespaces/").Append(Uri.EscapeDataString(@namespace));
        path.Append('/').Append(Plural);
        if (!string.IsNullOrEmpty(name))
            path.Append('/').Append(Uri.EscapeDataString(name));
        if (subresource is not null)
            path.Append('/').Append(subresource);
        return path.ToString();
    }

    /// <summary><c>kind.group</c>, as logs and metrics name it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    private static ResourceKind Read(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(MetadataOf<>))
            return Of(type.GetGenericArguments()[0]);

        var entity = type.GetCustomAttribute<KubernetesEntityAttribute>()
            ?? throw new ArgumentException($"{type.Name} has no [KubernetesEntity]: add it with group, version, kind and plural name.", nameof(type));
        var scope = type.GetCustomAttribute<EntityScopeAttribute>()?.Scope
            ?? (OfTheCluster.Contains(type) ? EntityScope.Cluster : EntityScope.Namespaced);
        return new ResourceKind(
            entity.Group ?? "", entity.ApiVersion, entity.Kind, string.IsNullOrEmpty(entity.PluralName) ? entity.Kind.ToLowerInvariant() + "s" : entity.PluralName, scope == EntityScope.Namespaced);
    }
}
