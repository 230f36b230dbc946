namespace MockOperator.Kubernetes.Client;

/// <summary>What became of a request that failed, which says what may help.</summary>
public enum ApiFailure
{
    /// <summary>None of the others: an answer that cannot be read, a verb that is not allowed.</summary>
    Other,

    /// <summary>404: there is no such object, namespace or kind.</summary>
    NotFound,

    /// <summary>409 of a create: the name is taken.</summary>
    AlreadyExists,

    /// <summary>409: the object changed since it was read, a field is somebody else's, or a precondition does not hold. Look again and retry.</summary>
    Conflict,

    /// <summary>
    /// 422 of the server's own validation, which names the fields (<see cref="ApiError.Causes"/>). A retry of the same body cannot help.
    /// </summary>
    Invalid,

    /// <summary>
    /// 400, a 422 that names no field, or a body that does not fit the kind's schema, whatever code that has: not taken as it is. Whether a retry helps depends on what
    /// stands between, or on a schema that may change.
    /// </summary>
    Rejected,

    /// <summary>
    /// A webhook, a policy, a quota or an admission plugin of the cluster said no, whatever code it chose. The body is good, and what is denied today may be allowed
    /// tomorrow: retry, with growing waits.
    /// </summary>
    Denied,

    /// <summary>401, or 403 of the authorizer: this identity may not do that. The cure is in RBAC.</summary>
    Forbidden,

    /// <summary>410: a resourceVersion or continue token is too old. Only a new list helps.</summary>
    Expired,

    /// <summary>429, 5xx, or no answer: the server cannot serve the request now. Retry later.</summary>
    Unavailable,
}
