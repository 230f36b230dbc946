namespace MockOperator.Kubernetes.Watching;

/// <summary>What a watch says.</summary>
public enum WatchEventKind
{
    /// <summary>An object is new, or is in the initial state.</summary>
    Added,

    /// <summary>An object changed.</summary>
    Modified,

    /// <summary>An object is gone; the event has its last state.</summary>
    Deleted,

    /// <summary>Nothing changed up to this version.</summary>
    Bookmark,

    /// <summary>The server gives up this watch.</summary>
    Error,

    /// <summary>The event could not be read; the stream goes on.</summary>
    Unreadable,
}
