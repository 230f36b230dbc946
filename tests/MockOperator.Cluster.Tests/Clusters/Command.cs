using System.Diagnostics;

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>Runs a program of this machine: a script of hack/, or kubectl.</summary>
internal static class Command
{
    /// <summary>Runs it and gives back its standard output; one that fails throws with all that it printed.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = RepositoryRoot.Path,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }

    public static Task<string> ScriptAsync(string script, params string[] arguments) =>
        RunAsync(Path.Combine(RepositoryRoot.Path, "hack", script), arguments);
}
