using System.Net;
using Polly.Timeout;

namespace MockOperator.Operator.Control;

/// <summary>A call to a pod that came to nothing, whatever the reason: no route, no answer in time, an answer that is none.</summary>
public sealed class PodCallException : Exception
{
    private PodCallException(string message, HttpStatusCode? status, Exception cause)
        : base(message, cause) => Status = status;

    /// <summary>What the pod answered, when it refused; null when it did not answer, or not in HTTP.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Says why a call failed, in one line.</summary>
    /// <param name="cause">What a dialer or courier threw.</param>
    public static PodCallException Of(Exception cause) => cause switch
    {
        HttpRequestException refused => new(refused.Message, refused.StatusCode, refused),
        TimeoutRejectedException late => new("no answer from the control port in time", null, late),

        // A connection that is not made in time ends as a cancellation that nobody asked for; what lies under it says so.
        OperationCanceledException { InnerException: { } reason } => new(reason.Message, null, cause),
        _ => new(cause.Message, null, cause),
    };
}
