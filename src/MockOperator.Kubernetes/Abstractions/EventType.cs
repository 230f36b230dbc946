namespace MockOperator.Kubernetes.Abstractions;

/// <summary>Whether an event asks somebody to act.</summary>
public enum EventType
{
    /// <summary>For information.</summary>
    Normal,

    /// <summary>Something is wrong.</summary>
    Warning,
}
