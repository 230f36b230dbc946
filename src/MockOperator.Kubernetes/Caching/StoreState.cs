namespace MockOperator.Kubernetes.Caching;

/// <summary>What a store knows of its kind.</summary>
public enum StoreState
{
    /// <summary>The first list is on its way, or fails, or it is not known yet whether the server has the kind. What the store shows is no evidence that something is not there.</summary>
    Syncing,

    /// <summary>The store shows what the server had a moment ago.</summary>
    Synced,

    /// <summary>The server has no such kind now, so the store is empty. Only of optional stores.</summary>
    Absent,
}
