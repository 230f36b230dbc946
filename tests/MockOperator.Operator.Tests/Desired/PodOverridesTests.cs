using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Desired;

public sealed class PodOverridesTests
{
    [Theory]
    [InlineData("""{"spec":{"containers":"none"}}""")]
    [InlineData("""{"spec":{"terminationGracePeriodSeconds":"soon"}}""")]
    [InlineData("""{"metadata":{"labels":{"a":{}}}}""")]
    public void A_template_of_the_wrong_shape_is_refused_with_its_place(string template)
    {
        var spec = new MockServerSpec { PodTemplate = Mocks.Json(template) };

        Assert.False(PodOverrides.TryRead(spec, out _, out string? problem));
        Assert.StartsWith("spec.podTemplate: ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"runtime","resources":{"limits":{"cpu":"1e999999999"}}}]}}""", "spec.podTemplate.spec.containers[0].resources.limits.cpu")]
    [InlineData("""{"spec":{"volumes":[{"name":"v","emptyDir":{"sizeLimit":1e99999}}]}}""", "spec.podTemplate.spec.volumes[0].emptyDir.sizeLimit")]
    public void A_number_that_would_take_for_ever_is_refused_before_it_is_read(string template, string place)
    {
        var spec = new MockServerSpec { PodTemplate = Mocks.Json(template) };

        Assert.False(PodOverrides.TryRead(spec, out _, out string? problem));
        Assert.StartsWith(place + ": ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_toleration_of_the_wrong_shape_is_refused_with_its_place()
    {
        var spec = new MockServerSpec { Tolerations = [Mocks.Json("""{"tolerationSeconds":"long"}""")] };

        Assert.False(PodOverrides.TryRead(spec, out _, out string? problem));
        Assert.StartsWith("spec.tolerations: ", problem, StringComparison.Ordinal);
    }
}
