using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MockOperator.Cluster.Tests.Guides;

/// <summary>A shell that a reader types into, and the other terminals that they open beside it.</summary>
internal sealed partial class Terminal : IAsyncDisposable
{
    private const string End = "\u001e";

    private readonly string _folder;
    private readonly string _kubeconfig;
    private readonly string? _programs;
    private readonly Process _shell;
    private readonly List<Process> _others = [];

    /// <param name="folder">Where the reader works.</param>
    /// <param name="kubeconfig">Leads to the cluster.</param>
    /// <param name="programs">A folder with programs that the page needs besides those of the machine.</param>
    public Terminal(string folder, string kubeconfig, string? programs = null)
    {
        _programs = programs;
        _folder = folder;
        _kubeconfig = kubeconfig;
        _shell = Start("exec 2>&1; exec bash --norc");
    }

    /// <summary>Runs a command and gives back what it printed, and that it failed if it did.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(string command)
    {
        await _shell.StandardInput.WriteLineAsync($"{command}\nprintf '\\n{End}%s\\n' $?");
        await _shell.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var printed = new List<string>();
        while (await _shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!line.StartsWith(End, StringComparison.Ordinal))
            {
                printed.Add(line.TrimEnd());
                continue;
            }

            if (printed.Count > 0 && printed[^1].Length == 0)
                printed.RemoveAt(printed.Count - 1);
            if (line != $"{End}0")
                printed.Add($"(it ended with {line[1..]})");
            return printed;
        }

        throw new InvalidOperationException($"the shell ended while it ran: {command}\n{string.Join('\n', printed)}");
    }

    /// <summary>Runs a command in a terminal of its own and gives back the first line that it prints.</summary>
    public async Task<IReadOnlyList<string>> BesideAsync(string command)
    {
        var process = Start($"exec 2>&1; exec {command}");
        _others.Add(process);
        var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        // What it prints later is read, so that it never waits for room.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        return first is null ? ["(it ended)"] : [first];
    }

    /// <summary>The text of a page, as chromium shows it.</summary>
    public async Task<IReadOnlyList<string>> BrowseAsync(string address)
    {
        var document = await RunAsync(
            $"chromium --headless --no-sandbox --disable-gpu --user-data-dir={_folder}/profile --virtual-time-budget=20000 --dump-dom {address} 2>{_folder}/chromium.log");
        return [.. from Match item in Item().Matches(string.Concat(document)) select item.Groups[1].Value];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _others.Append(_shell))
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private Process Start(string script)
    {
        var start = new ProcessStartInfo("bash", ["--norc", "-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = _folder,
        };
        start.Environment["KUBECONFIG"] = _kubeconfig;
        start.Environment["PYTHONUNBUFFERED"] = "1";
        if (_programs is not null)
            start.Environment["PATH"] = $"{_programs}:{start.Environment["PATH"]}";
        return Process.Start(start)!;
    }

    [GeneratedRegex("<li>([^<]*)</li>")]
    private static partial Regex Item();
}
