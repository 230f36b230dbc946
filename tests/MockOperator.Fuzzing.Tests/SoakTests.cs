using MockOperator.Fuzzing.Soak;

namespace MockOperator.Fuzzing.Tests;

/// <summary>What <c>make soak</c> does for long, done for a moment, and how it tells.</summary>
public class SoakTests
{
    [Fact]
    public async Task Reloads_and_hostile_calls_leave_memory_handles_and_threads_as_they_were()
    {
        SoakReport report = await new SoakRun(new SoakOptions { Program = Path.Combine(AppContext.BaseDirectory, "mock-runtime"), Reloads = 60, Calls = 4_000, Rate = 10_000, Seed = 1 }).RunAsync();

        Assert.True(report.IsClean, report.Faults);
        Assert.True(report.Answered >= 2_000);
        Assert.Equal(2_000, report.Hostile);
        SoakPhase before = report.Phases[0];
        SoakPhase after = report.Phases[1];
        Assert.InRange(after[Gauges.Managed].Last, 0, before[Gauges.Managed].Level + 8);
        Assert.InRange(after[Gauges.Handles].Last, 0, before[Gauges.Handles].Peak + 16);
        Assert.InRange(after[Gauges.Threads].Last, 0, before[Gauges.Threads].Peak + 32);
    }

    [Fact]
    public async Task What_is_not_asked_for_has_no_curves()
    {
        SoakReport report = await new SoakRun(new SoakOptions { Program = Path.Combine(AppContext.BaseDirectory, "mock-runtime"), Reloads = 0, Calls = 200, Rate = 10_000, Seed = 1 }).RunAsync();

        SoakPhase calls = Assert.Single(report.Phases);
        Assert.All(calls.Curves, static curve => Assert.True(curve.Count > 0, curve.Name));
    }

    [Fact]
    public void A_slope_is_that_of_the_second_half()
    {
        var curve = new Curve("filled once", "MiB");
        for (int minute = 0; minute < 60; minute++)
        {
            curve.Add(TimeSpan.FromMinutes(minute), minute < 30 ? minute * 10 : 300 + (minute % 2));
        }

        Assert.InRange(curve.SlopePerHour, -2 * curve.SlopeErrorPerHour, 2 * curve.SlopeErrorPerHour);
        Assert.InRange(curve.SlopeErrorPerHour, 0.1, 1);
        Assert.Equal(300.5, curve.Level, 3);
    }

    [Fact]
    public void What_rises_is_told_by_how_much_in_an_hour()
    {
        var curve = new Curve("a leak", "");
        for (int minute = 0; minute < 60; minute++)
        {
            curve.Add(TimeSpan.FromMinutes(minute), 7 + (minute * 2));
        }

        Assert.Equal(120, curve.SlopePerHour, 3);
        Assert.Equal(0, curve.SlopeErrorPerHour, 3);
    }
}
