namespace MockOperator.Kubernetes.Caching;

/// <summary>What happened to an object in a store.</summary>
public enum StoreChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It has another version.</summary>
    Updated,

    /// <summary>It is gone.</summary>
    Deleted,
}
