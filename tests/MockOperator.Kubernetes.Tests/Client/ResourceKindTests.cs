using k8s.Models;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Client;

public sealed class ResourceKindTests
{
    [Fact]
    public void A_kind_is_read_from_its_type()
    {
        Assert.Equal(new ResourceKind("example.test", "v1", "Widget", "widgets"), ResourceKind.Of<Widget>());
        Assert.Equal(new ResourceKind("", "v1", "ConfigMap", "configmaps"), ResourceKind.Of<MetadataOf<V1ConfigMap>>());
        Assert.Equal("apps/v1", ResourceKind.Of<V1Deployment>().ApiVersion);
        Assert.False(ResourceKind.Of<V1Namespace>().Namespaced);
    }

    [Fact]
    public void Paths_are_those_of_the_api()
    {
        var widgets = ResourceKind.Of<Widget>();
        Assert.Equal("apis/example.test/v1/widgets", widgets.Path());
        Assert.Equal("apis/example.test/v1/namespaces/x/widgets/a/status", widgets.Path("x", "a", "status"));
        Assert.Equal("api/v1/namespaces/x%2Fy/pods/a%3Fb", ResourceKind.Of<V1Pod>().Path("x/y", "a?b"));
        Assert.Equal("api/v1/namespaces/a", ResourceKind.Of<V1Namespace>().Path("ignored", "a"));
    }

    [Fact]
    public void A_type_that_is_no_kind_is_refused_by_name() =>
        Assert.Contains("WidgetSpec", Assert.Throws<ArgumentException>(() => ResourceKind.Of<WidgetSpec>()).Message, StringComparison.Ordinal);
}
