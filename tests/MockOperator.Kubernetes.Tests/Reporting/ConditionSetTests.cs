using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Reporting;

namespace MockOperator.Kubernetes.Tests.Reporting;

public sealed class ConditionSetTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    [Fact]
    public void A_transition_has_whole_seconds_and_moves_only_with_the_status()
    {
        var first = new ConditionSet(null, 1, _time).Set("Ready", false, "Waiting", "for pods");
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), first["Ready"]!.LastTransitionTime);
        _time.Advance(TimeSpan.FromMinutes(1));
        var second = new ConditionSet(first.ToList(), 2, _time).Set("Ready", false, "Failing", "of pods");
        Assert.Equal(first["Ready"]!.LastTransitionTime, second["Ready"]!.LastTransitionTime);
        var third = new ConditionSet(second.ToList(), 2, _time).Set("Ready", true, "Done");
        Assert.Equal(_time.GetUtcNow().UtcDateTime.Minute, third["Ready"]!.LastTransitionTime.Minute);
    }

    [Fact]
    public void The_same_again_is_no_change_and_anything_else_is()
    {
        var observed = new ConditionSet(null, 1, _time).Set("Ready", true, "Done", "all").ToList();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(new ConditionSet(observed, 1, _time).Set("Ready", true, "Done", "all").Changed);
        Assert.True(new ConditionSet(observed, 2, _time).Set("Ready", true, "Done", "all").Changed);
        Assert.True(new ConditionSet(observed, 1, _time).Set("Ready", null, "Done", "all").Changed);
        Assert.True(new ConditionSet(observed, 1, _time).Set("Ready", true, "Other", "all").Changed);
        Assert.True(new ConditionSet(observed, 1, _time).Set("Ready", true, "Done", "most").Changed);
        Assert.True(new ConditionSet(observed, 1, _time).Set("Available", true, "Done").Changed);
        Assert.True(new ConditionSet(observed, 1, _time).Remove("Ready").Changed);
    }

    [Fact]
    public void The_order_is_that_of_first_appearance()
    {
        var observed = new ConditionSet(null, 1, _time).Set("B", true, "X").Set("A", true, "X").ToList();
        var next = new ConditionSet(observed, 2, _time).Set("A", false, "Y").Set("C", null, "Z").Set("B", true, "X").ToList();
        Assert.Equal(["B", "A", "C"], next.Select(c => c.Type));
        Assert.Equal(["True", "False", "Unknown"], next.Select(c => c.Status));
    }
}
