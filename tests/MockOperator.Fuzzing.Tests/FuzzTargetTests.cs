using MockOperator.Fuzzing.Engine;
using MockOperator.Fuzzing.Targets;

namespace MockOperator.Fuzzing.Tests;

/// <summary>What <c>make fuzz</c> does for long, done for a moment, and what it ever found.</summary>
public class FuzzTargetTests
{
    private const int Seed = 1;

    public static TheoryData<string, int> Rounds => new()
    {
        { "collection", 1_500 }, { "native", 5_000 }, { "environment", 10_000 }, { "matcher", 3_000 }, { "template", 3_000 },
        { "bundle", 3_000 }, { "yaml", 3_000 }, { "manifest", 1_500 }, { "control", 5_000 }, { "ports", 1_000 },
    };

    public static TheoryData<string, string> Kept
    {
        get
        {
            var kept = new TheoryData<string, string>();
            foreach (string target in FuzzTargets.Names)
            {
                foreach ((string name, _) in SeedFiles.Found(target))
                {
                    kept.Add(target, name);
                }
            }

            return kept;
        }
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void A_short_search_finds_nothing(string name, int inputs)
    {
        using FuzzTarget target = FuzzTargets.Open(name)!;

        FuzzReport report = new Fuzzer(target, new CoverageMap(), new FuzzOptions { Seed = Seed, Inputs = inputs, Findings = 1 }).Run();

        Assert.Empty(report.Findings.Select(static finding => $"{Convert.ToBase64String(finding.Input)}: {finding.Fault}"));
        Assert.Equal(inputs, report.Inputs);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void What_was_found_keeps_every_promise(string name, string file)
    {
        using FuzzTarget target = FuzzTargets.Open(name)!;

        Assert.Null(Fuzzer.Judge(target, SeedFiles.Found(name).Single(found => found.Name == file).Input));
    }

    [Fact]
    public void Every_target_has_a_short_search() => Assert.Equal(FuzzTargets.Names.Order(StringComparer.Ordinal), Rounds.Select(static row => row.Data.Item1).Order(StringComparer.Ordinal));
}
