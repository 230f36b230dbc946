using System.Net;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Connections;

/// <summary>Refusals in the words of whoever asked for more than one request.</summary>
internal static class Refusals
{
    /// <summary>There is no such object.</summary>
    public static ApiException NotFound<T>(ObjectKey key)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var message = $"there is no {ResourceKind.Of<T>().Kind} '{key.Name}' in namespace '{key.Namespace}'";
        return new ApiException(message, new ApiError(HttpStatusCode.NotFound, "NotFound", message));
    }

    /// <summary>Says plainly of a conflict that somebody else was faster, and that nothing was written.</summary>
    public static async Task<TResult> TellConflictAsync<T, TResult>(T seen, Func<Task<TResult>> write)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            return await write();
        }
        catch (ApiException conflict) when (conflict.Kind == ApiFailure.Conflict)
        {
            throw new ApiException(
                $"{ResourceKind.Of<T>().Kind} '{seen.Metadata.Name}' was changed by somebody else meanwhile, so nothing was written. Look at it again and repeat the change.",
                conflict.Error,
                conflict);
        }
    }
}
