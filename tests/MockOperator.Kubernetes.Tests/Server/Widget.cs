using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Tests.Server;

/// <summary>The custom resource of these tests.</summary>
[KubernetesEntity(Group = "example.test", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
public sealed class Widget : CustomKubernetesEntity<WidgetSpec, WidgetStatus>
{
    public static Widget Named(string name, string version = "1", string? uid = null, int size = 0, string @namespace = "default") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = @namespace, ResourceVersion = version, Uid = uid ?? $"uid-{name}", Generation = 1 },
        Spec = new WidgetSpec { Size = size },
    };

    public Widget With(Action<V1ObjectMeta> change)
    {
        change(Metadata);
        return this;
    }
}

public sealed record WidgetSpec
{
    public int Size { get; init; }

    public string? Color { get; init; }
}

public sealed record WidgetStatus
{
    public string? Phase { get; init; }

    public long? ObservedGeneration { get; init; }
}
