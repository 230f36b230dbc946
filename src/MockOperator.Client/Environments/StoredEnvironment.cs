using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Client.Environments;

/// <summary>An environment in a cluster.</summary>
/// <param name="Key">Name of the ConfigMap or Secret.</param>
/// <param name="IsSecret">Whether it is a Secret.</param>
/// <param name="DisplayName">Its name in Postman, kept in an annotation; the object's name when there is none.</param>
/// <param name="Metadata">What the server keeps of it.</param>
public sealed record StoredEnvironment(ObjectKey Key, bool IsSecret, string DisplayName, V1ObjectMeta Metadata)
{
    /// <summary>How a mock refers to it.</summary>
    /// <returns>The reference, for <see cref="EnvironmentSpec.Postman"/>.</returns>
    public PostmanEnvironmentSource ToReference() => EnvironmentStore.ReferenceTo(Key.Name, IsSecret);
}
