using System.Net;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Dashboard.Pages;

/// <summary>What an address names and is not there.</summary>
internal static class Missing
{
    /// <summary>The fault.</summary>
    public static ApiException Of(ObjectKey key, string what)
    {
        var message = $"There is no {what} {key.Name} in the namespace {key.Namespace}.";
        return new ApiException(message, new ApiError(HttpStatusCode.NotFound, "NotFound", message));
    }
}
