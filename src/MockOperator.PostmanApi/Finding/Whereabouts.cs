using System.Collections.Immutable;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.PostmanApi.Finding;

/// <summary>
/// What callers were shown before: where the object of an id is, and which namespaces somebody named. It saves lists, and decides nothing: every object is read with the caller's own rights, and
/// what one caller was shown is not remembered for another.
/// </summary>
internal sealed class Whereabouts
{
    private const int MostIds = 20_000;
    private const int MostCallers = 2_000;
    private const int MostNamespaces = 64;

    private readonly BoundedMap<(string Caller, string Id), ObjectKey> _ids = new(MostIds);
    private readonly BoundedMap<string, ImmutableArray<string>> _namespaces = new(MostCallers);

    public ObjectKey? Of(string caller, string id) => _ids.TryGet((caller, id), out var key) ? key : null;

    public void Remember(string caller, string id, ObjectKey key) => _ids.Put((caller, id), key);

    /// <summary>Namespaces that a caller has named, the last one first.</summary>
    public ImmutableArray<string> NamespacesOf(string caller) => _namespaces.TryGet(caller, out var known) ? known : [];

    public void RememberNamespace(string caller, string ns)
    {
        var known = NamespacesOf(caller);
        if (known is [var last, ..] && last == ns)
            return;
        _namespaces.Put(caller, [ns, .. known.Remove(ns, StringComparer.Ordinal).Take(MostNamespaces - 1)]);
    }
}
