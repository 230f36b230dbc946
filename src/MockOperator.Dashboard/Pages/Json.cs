using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Client.Connections;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Dashboard.Pages;

/// <summary>Objects as the API has them.</summary>
internal static class Json
{
    /// <summary>An object in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Of<T>(T entity)
        where T : class, IKubernetesObject<V1ObjectMeta> => JsonSerializer.SerializeToUtf8Bytes(entity, ApiJson.TypeOf<T>(MockCluster.Json));

    /// <summary>An object of a kind that is known when it is looked at.</summary>
    public static ReadOnlyMemory<byte> OfAny(IKubernetesObject<V1ObjectMeta> entity) =>
        JsonSerializer.SerializeToUtf8Bytes(entity, MockCluster.Json.GetTypeInfo(entity.GetType()));
}
