namespace MockOperator.Kubernetes.Client;

/// <summary>No answer came: connection refused or broken, time-out, or a server that says 429, 500, 502, 503 or 504 after all retries.</summary>
/// <param name="message">What failed, where, and why.</param>
/// <param name="error">What the server said, if anything.</param>
/// <param name="inner">The fault beneath.</param>
public sealed class ApiUnavailableException(string message, ApiError error, Exception? inner = null) : ApiException(message, error, inner);
