using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Caching;

/// <summary>What a store keeps and how it is found.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class StoreOptions<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Tells stores of one type apart; null for the only one.</summary>
    public string? Name { get; set; }

    /// <summary>Keep only objects with these labels, <c>a=b,c=d</c>; the server sends no others.</summary>
    public string? LabelSelector { get; set; }

    /// <summary>Keep only objects with these fields, such as <c>metadata.name=x</c>; what a kind allows is up to the server.</summary>
    public string? FieldSelector { get; set; }

    /// <summary>Namespaces to watch; null for those of the operator's settings, empty for all.</summary>
    public IReadOnlyList<string>? Namespaces { get; set; }

    /// <summary>Objects a page of a list, 1 to 500. Take less for big objects: a page is held in memory as a whole.</summary>
    public int PageSize { get; set; } = 500;

    /// <summary>The longest watch event, in bytes; a longer one ends the watch with an error. An object in etcd has at most about 1.5 MiB.</summary>
    public int LongestEvent { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// What is kept of an object; runs once on each that arrives and may change it. Default: all but <c>managedFields</c> and kubectl's copy of the last
    /// applied configuration. Keep as little as the controllers read.
    /// </summary>
    public Func<T, T> Keep { get; set; } = ObjectTrimming.WithoutBookkeeping;

    internal Dictionary<string, Func<T, IEnumerable<string>>> Indexes { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds an index: <see cref="ResourceStore{T}.ByIndex"/> then finds objects by it without looking at all of them.</summary>
    /// <param name="name">The name of the index.</param>
    /// <param name="values">The values under which an object is found. Pure, and must not throw.</param>
    /// <returns>These options.</returns>
    public StoreOptions<T> Index(string name, Func<T, IEnumerable<string>> values)
    {
        Indexes.Add(name, values);
        return this;
    }

    /// <summary>Whether the server may have no such kind.</summary>
    internal bool IsOptional { get; set; }

    /// <summary>The kind watched.</summary>
    internal ResourceKind Kind { get; } = ResourceKind.Of<T>();
}
