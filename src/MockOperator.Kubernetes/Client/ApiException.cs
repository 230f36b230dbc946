using System.Net;

namespace MockOperator.Kubernetes.Client;

/// <summary>The API refused a request or could not be reached; <see cref="Kind"/> says which.</summary>
/// <remarks>The message names verb, path, code and reason. For Secrets the server's own text is left out, for it may quote what was sent.</remarks>
public sealed class ApiException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What failed, where, and why.</param>
    /// <param name="error">What the server said.</param>
    /// <param name="inner">The fault beneath.</param>
    public ApiException(string message, ApiError error, Exception? inner = null)
        : base(message, inner) => Error = error;

    /// <summary>What the server said.</summary>
    public ApiError Error { get; }

    /// <summary>What became of the request.</summary>
    public ApiFailure Kind => Error.Kind;

    /// <summary>The HTTP status; 0 when no answer came.</summary>
    public HttpStatusCode Code => Error.Code;

    /// <summary>The API's reason, such as <c>AlreadyExists</c>.</summary>
    public string Reason => Error.Reason;

    /// <summary>Whether the server understood the request and will not do it: the object, a policy or a right must change first.</summary>
    public bool IsRefusal => Kind is ApiFailure.Invalid or ApiFailure.Rejected or ApiFailure.Denied or ApiFailure.Forbidden;
}
