using System.CommandLine;

namespace MockOperator.Fuzzing;

/// <summary><c>instrument DIRECTORY</c>: writes into the assemblies of a copy of this program what counts their branches.</summary>
internal static class InstrumentCommand
{
    private static readonly string[] s_assemblies = ["MockOperator.Resources.dll", "MockOperator.Mocking.dll", "MockOperator.Kubernetes.dll", "mock-runtime.dll", "kubectl-mock.dll", "YamlDotNet.dll"];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "A copy of the directory of this program." };
        var command = new Command("instrument", "Let searches of a copy of this program see which branches an input takes.") { directory };
        command.SetAction(result => Run(result.GetValue(directory)!));
        return command;
    }

    private static void Run(string directory)
    {
        foreach (string assembly in s_assemblies)
        {
            int types = SharpFuzz.Fuzzer.Instrument(Path.Combine(directory, assembly), static _ => true, SharpFuzz.Options.Value).Count();
            Console.WriteLine($"{assembly}: {types} types");
        }
    }
}
