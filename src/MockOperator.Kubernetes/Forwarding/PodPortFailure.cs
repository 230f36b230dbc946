namespace MockOperator.Kubernetes.Forwarding;

/// <summary>Why a port of a pod cannot be talked to.</summary>
public enum PodPortFailure
{
    /// <summary>The API server or the node cannot be reached, or the connection broke. Try again later.</summary>
    Unreachable,

    /// <summary>There is no such pod, or it runs on no node.</summary>
    Gone,

    /// <summary>The caller lacks a right, or is not known to the API server.</summary>
    Forbidden,

    /// <summary>The pod is there, and nothing listens on the port.</summary>
    NothingListens,
}
