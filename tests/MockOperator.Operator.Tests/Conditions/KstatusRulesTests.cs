using System.Text.Json.Nodes;

namespace MockOperator.Operator.Tests.Conditions;

/// <summary>kstatus' own rules as a table: what it says of objects of a kind that it does not know.</summary>
public sealed class KstatusRulesTests
{
    [Theory]
    [InlineData("nothing is known of it", """{"metadata":{"generation":1}}""", KstatusVerdict.Current)]
    [InlineData("a status without conditions", """{"metadata":{"generation":1},"status":{"observedGeneration":1}}""", KstatusVerdict.Current)]
    [InlineData("it is being deleted, whatever else it says", """{"metadata":{"generation":2,"deletionTimestamp":"2026-11-27T00:00:00Z"},"status":{"observedGeneration":1,"conditions":[{"type":"Stalled","status":"True"}]}}""", KstatusVerdict.Terminating)]
    [InlineData("an edit that nobody has looked at, whatever was said before", """{"metadata":{"generation":2},"status":{"observedGeneration":1,"conditions":[{"type":"Ready","status":"True"},{"type":"Stalled","status":"True"}]}}""", KstatusVerdict.InProgress)]
    [InlineData("a status from the future is not of this generation either", """{"metadata":{"generation":1},"status":{"observedGeneration":2,"conditions":[{"type":"Ready","status":"True"}]}}""", KstatusVerdict.InProgress)]
    [InlineData("the generation of a condition is not looked at", """{"metadata":{"generation":2},"status":{"conditions":[{"type":"Ready","status":"True","observedGeneration":1}]}}""", KstatusVerdict.Current)]
    [InlineData("Reconciling", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Reconciling","status":"True"}]}}""", KstatusVerdict.InProgress)]
    [InlineData("Stalled", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Stalled","status":"True"}]}}""", KstatusVerdict.Failed)]
    [InlineData("both: the first in the list", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Reconciling","status":"True"},{"type":"Stalled","status":"True"}]}}""", KstatusVerdict.InProgress)]
    [InlineData("both, the other way round", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Stalled","status":"True"},{"type":"Reconciling","status":"True"}]}}""", KstatusVerdict.Failed)]
    [InlineData("what is False or Unknown is not there", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Reconciling","status":"Unknown"},{"type":"Stalled","status":"False"},{"type":"Ready","status":"True"}]}}""", KstatusVerdict.Current)]
    [InlineData("Ready is False", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Ready","status":"False"}]}}""", KstatusVerdict.InProgress)]
    [InlineData("Ready is Unknown", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Ready","status":"Unknown"}]}}""", KstatusVerdict.InProgress)]
    [InlineData("Ready is nothing of these", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Ready","status":"true"}]}}""", KstatusVerdict.Current)]
    [InlineData("conditions of other types", """{"metadata":{"generation":1},"status":{"conditions":[{"type":"Available","status":"False"}]}}""", KstatusVerdict.Current)]
    public void An_object_gets_its_verdict(string what, string item, KstatusVerdict verdict) =>
        Assert.True(verdict == Kstatus.Compute(JsonNode.Parse(item)!.AsObject()), what);
}
