using MockOperator.Resources;

namespace MockOperator.Operator.Control;

/// <summary>Carries what operator and runtime pods tell each other of quotas.</summary>
public interface IQuotaCourier
{
    /// <summary>Tells a pod what it may answer and hears what it has answered.</summary>
    /// <param name="pod">The pod; its address is set.</param>
    /// <param name="token">The token of its mock.</param>
    /// <param name="instructions">What to tell; the pod waits for as long as it says, if it has nothing to say.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>What the pod says.</returns>
    /// <exception cref="HttpRequestException">The pod could not be reached, or refused: then the status is set.</exception>
    Task<QuotaReport> ExchangeAsync(RuntimePod pod, string token, QuotaInstructions instructions, CancellationToken cancellation);
}
