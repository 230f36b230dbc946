using MockOperator.Client.Calls;
using MockOperator.Client.Ports;
using MockOperator.Operator.Desired;

namespace MockOperator.Architecture.Tests;

/// <summary>Who looks for the pods of a mock and who makes them stand side by side, so neither can use the other's words.</summary>
public class SelectorTests
{
    [Fact]
    public void Pods_are_looked_for_where_the_operator_puts_them()
    {
        Assert.Equal(ChildLabels.SelectorText("shop"), MockPods.Selector("shop"));
        Assert.Equal(ChildNames.Workload("shop"), MockPods.Deployment("shop"));
    }

    [Fact]
    public void Ports_are_looked_for_where_the_operator_opens_them() => Assert.Equal((RuntimePorts.Http, RuntimePorts.Admin), (MockPorts.Http, MockPorts.Admin));
}
