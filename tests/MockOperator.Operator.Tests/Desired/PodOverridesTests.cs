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

    [Fact]
    public void A_toleration_of_the_wrong_shape_is_refused_with_its_place()
    {
        var spec = new MockServerSpec { Tolerations = [Mocks.Json("""{"tolerationSeconds":"long"}""")] };

        Assert.False(PodOverrides.TryRead(spec, out _, out string? problem));
        Assert.StartsWith("spec.tolerations: ", problem, StringComparison.Ordinal);
    }
}
