using System.Diagnostics;

namespace MockOperator.Operator.Tests.Installation;

/// <summary>
/// A copy of <c>hack</c> and <c>config</c> in which scripts run with programs that are played: what they were called with is written down, what they answer is said by the test.
/// </summary>
internal sealed class Workshop : IDisposable
{
    // What the scripts may find beside the programs that are played.
    private static readonly string[] s_tools =
        ["awk", "bash", "basename", "cat", "chmod", "cut", "date", "dirname", "env", "grep", "head", "install", "kill", "ln", "mkdir", "mktemp", "mv", "paste", "rm", "sed", "seq", "sleep", "sort", "stat", "tail", "tr", "uname", "wc", "xargs"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workshop");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private int _answers;

    public Workshop()
    {
        foreach (string part in (string[])["hack", "config"])
        {
            Copy(new DirectoryInfo(Path.Combine(Manifests.Root, part)), Path.Combine(_folder.FullName, part));
        }

        Directory.CreateDirectory(Bin);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "answers"));
        foreach (string tool in s_tools)
        {
            File.CreateSymbolicLink(Path.Combine(Bin, tool), Find(tool) ?? throw new InvalidOperationException($"There is no {tool} on the path."));
        }

        _environment["PATH"] = Bin;
        _environment["PLAYED"] = _folder.FullName;
        _environment["MOCK_OPERATOR_CACHE"] = Path.Combine(_folder.FullName, "cache");
        _environment["HOME"] = _folder.FullName;
    }

    /// <summary>Every call of a played program, in order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Path.Combine(_folder.FullName, "calls")) ? [.. Lines().Select(static line => line.Call)] : [];

    private string Bin => Path.Combine(_folder.FullName, "bin");

    /// <summary>The first program of that name on the path.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>What the call with this text had on standard input.</summary>
    public string Input(string call) => File.ReadAllText(Path.Combine(_folder.FullName, $"input.{Lines().First(line => line.Call == call).Process}"));

    /// <summary>Sets a variable of the environment.</summary>
    public Workshop With(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    /// <summary>Plays a program. What it answers is said by <see cref="Answer"/>; what nobody said is answered with nothing, and exit code 0.</summary>
    public Workshop Play(params string[] programs)
    {
        foreach (string program in programs)
        {
            Write(Path.Combine("bin", program), """
                #!/usr/bin/env bash
                call="${0##*/} $*"
                printf '%s %s\n' $$ "$call" >>"$PLAYED/calls"
                case " $* " in *" -f - "*) cat >"$PLAYED/input.$$" ;; esac
                for answer in "$PLAYED"/answers/*; do
                  IFS= read -r beginning <"$answer" || continue
                  [[ $call == "$beginning"* ]] || continue
                  source <(tail -n +2 "$answer")
                  exit
                done
                """);
        }

        return this;
    }

    /// <summary>Plays kubectl: what needs no cluster is done by the one on the path.</summary>
    public Workshop PlayKubectl()
    {
        string kubectl = Find("kubectl") ?? throw new InvalidOperationException("There is no kubectl on the path.");
        Play("kubectl");
        foreach (string local in (string[])["version --client", "kustomize"])
        {
            Answer($"kubectl {local}", $"\"{kubectl}\" \"$@\"");
        }

        return Answer("kubectl label --local", $"\"{kubectl}\" \"$@\" <\"$PLAYED/input.$$\"")
            .Answer("kubectl config current-context", "echo theirs")
            .Answer("kubectl get --raw /version", """echo '{"major": "1", "minor": "33+"}'""");
    }

    /// <summary>Says what a played program does when it is called with arguments that begin so: a piece of bash.</summary>
    public Workshop Answer(string beginning, string script)
    {
        Write(Path.Combine("answers", $"{_answers++:D3}"), $"{beginning}\n{script}\n");
        return this;
    }

    /// <summary>Puts another script in the place of one of <c>hack</c>.</summary>
    public Workshop Replace(string script, string text)
    {
        Write(Path.Combine("hack", script), text);
        return this;
    }

    /// <summary>Runs a script of <c>hack</c>.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_folder.FullName, "hack", script), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in _environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    /// <summary>Removes it.</summary>
    public void Dispose() => _folder.Delete(recursive: true);

    private IEnumerable<(string Process, string Call)> Lines() =>
        File.ReadLines(Path.Combine(_folder.FullName, "calls")).Select(static line => line.Split(' ', 2)).Select(static parts => (parts[0], parts[1]));

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (FileInfo file in from.GetFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (DirectoryInfo folder in from.GetDirectories())
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }

    private void Write(string path, string text)
    {
        string full = Path.Combine(_folder.FullName, path);
        // A copy of a script may be executed; what is written into it changes nothing of that.
        File.Copy(Path.Combine(Manifests.Root, "hack", "demo"), full, overwrite: true);
        File.WriteAllText(full, text.ReplaceLineEndings("\n"));
    }
}
