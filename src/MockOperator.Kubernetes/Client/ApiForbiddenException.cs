namespace MockOperator.Kubernetes.Client;

/// <summary>401 or 403: this identity may not do that. The cure is in RBAC, a quota or an admission policy.</summary>
/// <param name="message">What failed, where, and why.</param>
/// <param name="error">What the server said.</param>
public sealed class ApiForbiddenException(string message, ApiError error) : ApiException(message, error);
