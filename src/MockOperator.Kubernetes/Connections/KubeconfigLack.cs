namespace MockOperator.Kubernetes.Connections;

/// <summary>What somebody would have to name for a kubeconfig to be used.</summary>
public enum KubeconfigLack
{
    /// <summary>Nothing: something in it is wrong.</summary>
    Nothing,

    /// <summary>There is no kubeconfig.</summary>
    File,

    /// <summary>It has no current context.</summary>
    Context,
}
