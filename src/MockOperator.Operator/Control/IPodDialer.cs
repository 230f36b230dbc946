namespace MockOperator.Operator.Control;

/// <summary>Opens the control port of a runtime pod: directly, or through the API server where pods cannot be reached.</summary>
public interface IPodDialer
{
    /// <summary>Asks which revision a pod serves, and waits for one.</summary>
    /// <param name="pod">The pod; its address is set.</param>
    /// <param name="token">The token of its mock.</param>
    /// <param name="revision">The revision to wait for.</param>
    /// <param name="wait">How long the pod may wait before it answers with what it has, at most 30 s.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The pod's answer.</returns>
    /// <exception cref="HttpRequestException">The pod could not be reached, or did not answer 200.</exception>
    Task<RevisionReply> AskAsync(RuntimePod pod, string token, string revision, TimeSpan wait, CancellationToken cancellation);
}
