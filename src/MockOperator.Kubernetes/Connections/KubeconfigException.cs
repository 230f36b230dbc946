namespace MockOperator.Kubernetes.Connections;

/// <summary>A kubeconfig, or the credential plugin that it names, does not say whom to talk to or as whom.</summary>
/// <remarks>The message is for the person whose kubeconfig it is: what is wrong and what helps. No credential is quoted.</remarks>
public sealed class KubeconfigException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong and what helps, in a sentence or two.</param>
    /// <param name="inner">The fault beneath.</param>
    public KubeconfigException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>What is missing, for programs that have options to name it by.</summary>
    public KubeconfigLack Lack { get; init; }
}
