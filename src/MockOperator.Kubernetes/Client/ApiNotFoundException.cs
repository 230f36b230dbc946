namespace MockOperator.Kubernetes.Client;

/// <summary>404: there is no such object, namespace or kind.</summary>
/// <param name="message">What failed, where, and why.</param>
/// <param name="error">What the server said.</param>
public sealed class ApiNotFoundException(string message, ApiError error) : ApiException(message, error);
