using System.CommandLine;
using System.Globalization;
using MockOperator.Fuzzing.Soak;

namespace MockOperator.Fuzzing;

/// <summary><c>soak PROGRAM</c>: many reloads and many calls, and what they cost. Exit code 2 says that a call of another was not answered, or that something was written into the log.</summary>
internal static class SoakCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var program = new Argument<string>("program") { Description = "The program mock-runtime." };
        var reloads = new Option<int>("--reloads") { Description = "Number of reloads.", DefaultValueFactory = _ => 10_000 };
        var minutes = new Option<int>("--minutes") { Description = "How long calls are made after that.", DefaultValueFactory = _ => 60 };
        var rate = new Option<int>("--rate") { Description = "Calls in a second, half of them hostile.", DefaultValueFactory = _ => 300 };
        var seed = new Option<int>("--seed") { Description = "Picks the same calls again." };
        var command = new Command("soak", "Have a runtime go through many reloads and many calls, and print what it takes.") { program, reloads, minutes, rate, seed };
        command.SetAction(async (result, _) =>
        {
            int perSecond = result.GetValue(rate);
            return await RunAsync(new SoakOptions
            {
                Program = result.GetValue(program)!,
                Reloads = result.GetValue(reloads),
                Calls = 60L * perSecond * result.GetValue(minutes),
                Rate = perSecond,
                Seed = result.GetValue(seed),
                Progress = static line => Console.Error.WriteLine($"    … {line}"),
            });
        });
        return command;
    }

    private static async Task<int> RunAsync(SoakOptions options)
    {
        SoakReport report = await new SoakRun(options).RunAsync();
        foreach (SoakPhase phase in report.Phases)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{phase.Name} in {phase.Time.TotalMinutes:F1} min; slopes by least squares over the second half"));
            foreach (Curve curve in phase.Curves)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {curve.Name,-9} {curve.Level,8:F1} {curve.Unit,-3} peak {curve.Peak,8:F1}   slope {curve.SlopePerHour,8:+0.00;-0.00} ± {curve.SlopeErrorPerHour:F2} {curve.Unit}/h   ({curve.Count} readings)"));
            }
        }

        Console.WriteLine($"{report.Answered} ordinary calls answered, {report.Failed} failed{(report.Problem is null ? "" : $" (the last: {report.Problem})")}; {report.Hostile} hostile calls");
        if (report.Faults.Length > 0)
        {
            Console.WriteLine($"In the log:\n{report.Faults}");
        }

        return report.IsClean ? 0 : 2;
    }
}
