using System.CommandLine;
using MockOperator.Fuzzing.Engine;
using MockOperator.Fuzzing.Targets;

namespace MockOperator.Fuzzing;

/// <summary><c>replay TARGET FILE…</c>: reads inputs that are kept in files. Exit code 2 says that a promise is broken.</summary>
internal static class ReplayCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = $"One of {string.Join(", ", FuzzTargets.Names)}." };
        var files = new Argument<string[]>("file") { Description = "Inputs.", Arity = ArgumentArity.OneOrMore };
        var last = new Option<bool>("--last") { Description = "The files are what a search that was ended has left behind." };
        var command = new Command("replay", "Read inputs again.") { target, files, last };
        command.SetAction(result => Run(result.GetValue(target)!, result.GetValue(files)!, result.GetValue(last)));
        return command;
    }

    private static int Run(string name, string[] files, bool isLast)
    {
        _ = new CoverageMap();
        using FuzzTarget? target = FuzzTargets.Open(name);
        if (target is null)
        {
            Console.Error.WriteLine($"There is no target '{name}': {string.Join(", ", FuzzTargets.Names)}.");
            return 1;
        }

        int broken = 0;
        foreach (string file in files)
        {
            Exception? fault = Fuzzer.Judge(target, isLast ? LastInput.Read(file) : File.ReadAllBytes(file));
            broken += fault is null ? 0 : 1;
            Console.WriteLine($"{file}: {fault?.ToString() ?? "keeps every promise"}");
        }

        return broken == 0 ? 0 : 2;
    }
}
