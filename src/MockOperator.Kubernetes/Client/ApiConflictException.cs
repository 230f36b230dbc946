namespace MockOperator.Kubernetes.Client;

/// <summary>409: the object changed since it was read, a precondition does not hold, or it exists already. Look again and retry.</summary>
/// <param name="message">What failed, where, and why.</param>
/// <param name="error">What the server said.</param>
public sealed class ApiConflictException(string message, ApiError error) : ApiException(message, error)
{
    /// <summary>Whether a create met an object of that name.</summary>
    public bool AlreadyExists => Reason == "AlreadyExists";
}
