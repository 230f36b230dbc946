using System.CommandLine;
using System.Globalization;
using MockOperator.Fuzzing.Engine;
using MockOperator.Fuzzing.Targets;

namespace MockOperator.Fuzzing;

/// <summary><c>fuzz TARGET</c>: searches one target. Exit code 2 says that something was found.</summary>
internal static class FuzzCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = $"One of {string.Join(", ", FuzzTargets.Names)}." };
        var seconds = new Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "Makes the same inputs as another search with this seed." };
        var findings = new Option<string>("--findings") { Description = "Directory for inputs that broke a promise.", DefaultValueFactory = _ => Path.Combine(SeedFiles.Root, "artifacts", "fuzz", "findings") };
        var corpus = new Option<string?>("--corpus") { Description = "Directory of inputs to build upon; those that take a new branch are added to it." };
        var command = new Command("fuzz", "Search a target for inputs that break a promise.") { target, seconds, seed, findings, corpus };
        command.SetAction(result => Run(result.GetValue(target)!, TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(seed), result.GetValue(findings)!, result.GetValue(corpus)));
        return command;
    }

    private static int Run(string name, TimeSpan time, int seed, string directory, string? corpus)
    {
        var coverage = new CoverageMap();
        using FuzzTarget? target = FuzzTargets.Open(name);
        if (target is null)
        {
            Console.Error.WriteLine($"There is no target '{name}': {string.Join(", ", FuzzTargets.Names)}.");
            return 1;
        }

        FuzzReport report = new Fuzzer(target, coverage, new FuzzOptions
        {
            Seed = seed,
            Time = time,
            CorpusDirectory = corpus,
            LastInputPath = Path.Combine(directory, "..", $"{name}.last"),
            Progress = static report => Console.Error.WriteLine($"    … {Line(report)}"),
        }).Run();
        foreach (Finding finding in report.Findings)
        {
            string file = Path.Combine(directory, name, finding.FileName);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, finding.Input);
            Console.Error.WriteLine($"    {finding.Signature}\n      {file} ({finding.Input.Length} bytes)\n{finding.Fault}");
        }

        Console.WriteLine(Line(report));
        return report.Findings.Count == 0 ? 0 : 2;
    }

    private static string Line(FuzzReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Target,-12} {report.Inputs,12:N0} inputs, {report.Kept,6:N0} kept, {report.Branches,6:N0} branches, {report.Findings.Count} findings");
}
