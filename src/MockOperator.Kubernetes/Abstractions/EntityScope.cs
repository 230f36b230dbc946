namespace MockOperator.Kubernetes.Abstractions;

/// <summary>Whether objects of a kind live in a namespace.</summary>
public enum EntityScope
{
    /// <summary>Each object lives in a namespace.</summary>
    Namespaced,

    /// <summary>Objects belong to the cluster.</summary>
    Cluster,
}
