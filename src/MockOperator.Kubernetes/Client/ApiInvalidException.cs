namespace MockOperator.Kubernetes.Client;

/// <summary>400 or 422: the server will not take this object. A retry of the same body cannot help.</summary>
/// <param name="message">What failed, where, and why.</param>
/// <param name="error">What the server said; its causes name the fields.</param>
public sealed class ApiInvalidException(string message, ApiError error) : ApiException(message, error);
