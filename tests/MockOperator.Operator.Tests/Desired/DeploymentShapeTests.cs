using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Tests.Desired;

public sealed class DeploymentShapeTests
{
    [Theory]
    [InlineData(null, 2, 1)]
    [InlineData("", 2, 1)]
    [InlineData("nonsense", 2, 1)]
    [InlineData("1/0", 2, 1)]
    [InlineData("8/0", 8, 1)]
    [InlineData("2/3", 2, 3)]
    [InlineData("9999/9999", 64, 3)]
    public void A_shape_never_shrinks_and_never_exceeds_its_bounds(string? annotation, int slots, int step)
    {
        DeploymentShape shape = new DeploymentShape(2, 1, []).AtLeast(annotation);

        Assert.Equal((slots, step), (shape.BundleRoom, shape.MemoryStep));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4 * 1024 * 1024, 0)]
    [InlineData((4 * 1024 * 1024) + 1, 1)]
    [InlineData(25 * 1024 * 1024, 3)]
    public void Memory_grows_in_steps(long bytes, int step) => Assert.Equal(step, MemoryBudget.StepFor(bytes));
}
