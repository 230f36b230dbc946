namespace MockOperator.Runtime.Bundles;

/// <summary>
/// The revisions that a pod has seen: served, mounted, or named as replaced by a push. Whatever is mounted and in it, while something else was pushed, is
/// old. Bounded: the one that was not heard of for longest is forgotten first.
/// </summary>
internal sealed class RevisionHistory
{
    /// <summary>Most revisions that are remembered.</summary>
    public const int Capacity = 32;

    private readonly List<string> _revisions = new(Capacity + 1);

    /// <summary>Remembers a revision as the latest that was heard of. A name that no revision can have is left out.</summary>
    public void Add(string revision)
    {
        if (revision.Length is 0 or > Resources.BundleTransfer.MaxRevisionLength)
        {
            return;
        }

        _revisions.Remove(revision);
        _revisions.Add(revision);
        if (_revisions.Count > Capacity)
        {
            _revisions.RemoveAt(0);
        }
    }

    /// <summary>Whether a revision is remembered.</summary>
    public bool Contains(string revision) => _revisions.Contains(revision, StringComparer.Ordinal);
}
