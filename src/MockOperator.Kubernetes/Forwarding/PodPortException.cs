using System.Net;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Forwarding;

/// <summary>A port of a pod cannot be talked to, or no longer; <see cref="Kind"/> says why.</summary>
/// <remarks>An <see cref="IOException"/>, for the framework's HTTP expects nothing else of a stream.</remarks>
public sealed class PodPortException : IOException
{
    private const int LongestText = 1024;

    /// <summary>Makes one.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="message">What failed, where, why, and what helps.</param>
    /// <param name="inner">The fault beneath.</param>
    public PodPortException(PodPortFailure kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>Why.</summary>
    public PodPortFailure Kind { get; }

    /// <summary>The one among an exception and those beneath it.</summary>
    /// <param name="exception">Such as what an <see cref="HttpClient"/> threw.</param>
    /// <returns>The failure of the port; null when it was none.</returns>
    public static PodPortException? In(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is PodPortException found)
                return found;
        }

        return null;
    }

    internal static PodPortException Refused(ObjectKey pod, int port, ApiException refusal) => refusal.Kind switch
    {
        // A WebSocket begins with GET, so the authorizer asks for `get`; servers from 1.35 on ask for `create` besides, as all do where SPDY is spoken.
        ApiFailure.Forbidden when refusal.Code != HttpStatusCode.Unauthorized => new(
            PodPortFailure.Forbidden,
            $"Port {port} of pod {pod} is forbidden: the rights `get` and `create` on `pods/portforward` in the namespace {pod.Namespace} are needed. {Shortened(refusal.Error.Message)}".TrimEnd(),
            refusal),
        ApiFailure.Forbidden => new(PodPortFailure.Forbidden, $"Port {port} of pod {pod}: the API server does not know who asks. {Shortened(refusal.Error.Message)}".TrimEnd(), refusal),
        ApiFailure.NotFound => new(PodPortFailure.Gone, $"Pod {pod} is gone.", refusal),
        // "pod x does not have a host assigned"
        ApiFailure.Rejected => new(PodPortFailure.Gone, $"Pod {pod} does not run: {Shortened(refusal.Error.Message)}", refusal),
        _ => new(PodPortFailure.Unreachable, $"Port {port} of pod {pod} cannot be reached: {Shortened(refusal.Message)}", refusal),
    };

    /// <summary>What the node wrote into the error channel.</summary>
    internal static PodPortException Reported(ObjectKey pod, int port, string text)
    {
        text = Shortened(text.Trim());
        // The words are those of the container runtime, which passes on what the system said to it.
        if (text.Contains("refused", StringComparison.OrdinalIgnoreCase))
            return new(PodPortFailure.NothingListens, $"Nothing listens on port {port} of pod {pod}: {text}");
        return text.Contains("not found", StringComparison.OrdinalIgnoreCase) || text.Contains("not running", StringComparison.OrdinalIgnoreCase)
            || text.Contains("does not exist", StringComparison.OrdinalIgnoreCase)
            ? new(PodPortFailure.Gone, $"Pod {pod} does not run: {text}")
            : new(PodPortFailure.Unreachable, $"Port {port} of pod {pod} cannot be reached: {text}");
    }

    internal static PodPortException Broken(ObjectKey pod, int port, string why, Exception? inner = null) =>
        new(PodPortFailure.Unreachable, $"The connection to port {port} of pod {pod} broke: {Shortened(why)}", inner);

    private static string Shortened(string text) => text.Length > LongestText ? text[..LongestText] : text;
}
