using MockOperator.Resources;

namespace MockOperator.Runtime.Bundles;

/// <summary>
/// Which of two bundles is the truth, the pushed one or the mounted one. A pushed bundle is, until the mounted files have caught up with it. A mounted revision that the pod
/// has heard of before is behind and does not take the pod back; one that it has never heard of is newer and wins; and files that have been behind for
/// <see cref="BundleOverlay.Patience"/> win as well.
/// </summary>
internal sealed partial class BundlePrecedence(TimeProvider time, ILogger log)
{
    private readonly ILogger _log = log;
    private readonly RevisionHistory _history = new();

    /// <summary>The pushed bundle that is the truth; null while the mounted one is.</summary>
    public BundleOverlay? Overlay { get; private set; }

    /// <summary>Whether the mounted files have been behind for too long.</summary>
    public bool IsOverdue => Overlay is { } overlay && time.GetElapsedTime(overlay.Since) >= BundleOverlay.Patience;

    /// <summary>Notes a revision that was found mounted.</summary>
    public void Found(BundleIndex? index) => _history.Add(index?.Revision ?? "");

    /// <summary>Whether a push says nothing new: its revision is served, and the pod has heard of everything that it replaces.</summary>
    public bool Knows(BundlePush push, string? served) =>
        push.Revision == served && (Overlay?.Revision == push.Revision || push.Supersedes.All(_history.Contains));

    /// <summary>Makes a pushed bundle, which is served now, the truth.</summary>
    public void Served(BundlePush push)
    {
        foreach (string older in push.Supersedes)
        {
            _history.Add(older);
        }

        _history.Add(push.Revision);
        Overlay = new BundleOverlay(push.Files, push.Revision, time.GetTimestamp());
    }

    /// <summary>Makes the mounted files the truth if it is their turn.</summary>
    /// <param name="mounted">The mounted files.</param>
    /// <param name="areNew">Whether they have changed since the last time.</param>
    /// <param name="isServedAlready">Whether they say what is served, so that they need not be loaded.</param>
    /// <returns>Whether they have become the truth just now.</returns>
    public bool TryEndOverlay(IBundleFiles mounted, bool areNew, out bool isServedAlready)
    {
        isServedAlready = false;
        if (Overlay is not { } overlay || (!areNew && !IsOverdue))
        {
            return false;
        }

        string? revision = BundleReader.ReadRevision(mounted);
        isServedAlready = revision == overlay.Revision && overlay.Files.HasIndexOf(mounted) && BundleReader.Read(mounted) is BundleReading.Complete;

        // An index that cannot be read, or that is of the pushed revision, stands for files on their way.
        bool isNewer = revision is not null && revision != overlay.Revision && !_history.Contains(revision);
        if (!isServedAlready && !isNewer)
        {
            if (!IsOverdue)
            {
                return false;
            }

            LogMountWins(overlay.Revision, (int)BundleOverlay.Patience.TotalMinutes, revision ?? "no revision");
        }

        Overlay = null;
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Revision {Revision} was pushed {Minutes} minutes ago and the mounted files do not say so: {Mounted} is mounted and wins, since ConfigMaps are the truth")]
    private partial void LogMountWins(string revision, int minutes, string mounted);
}
