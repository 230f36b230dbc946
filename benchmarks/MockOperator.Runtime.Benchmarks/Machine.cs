using System.Diagnostics;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>What the machine has to measure with.</summary>
internal static class Machine
{
    /// <summary>Whether server and load can have a core each.</summary>
    public static bool CanPin { get; } = Environment.ProcessorCount >= 2 && Has("taskset");

    /// <summary>Whether a program is on the path.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Append("/usr/sbin")
        .Any(directory => File.Exists(Path.Combine(directory, program)));

    /// <summary>Runs a program to its end and gives its output.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{output}\n{errors.Result}");
    }
}
