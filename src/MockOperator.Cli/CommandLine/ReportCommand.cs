using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Reports;
using MockOperator.Cli.Terminal;
using MockOperator.Cli.Versions;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock report</c>: an archive for whoever helps, without anything secret.</summary>
internal static class ReportCommand
{
    private const int DefaultLines = 500;

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("report", "Write an archive for whoever helps: objects, statuses, events, the ends of logs, versions. No value of a Secret or of a variable, no body and no content of a collection is in it.");
        var file = new Option<string?>("--file", "-f") { Description = "The file to write; default: mock-report-TIME.tar.gz here.", HelpName = "FILE" };
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "Of all namespaces." };
        var lines = new Option<int>("--log-lines") { Description = "Lines of each log, up to 100000.", HelpName = "NUMBER", DefaultValueFactory = _ => DefaultLines };
        foreach (var option in (Option[])[file, all, lines])
            command.Options.Add(option);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var name = $"mock-report-{call.Console.Time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
            var path = call.Result.GetValue(file) ?? $"{name}.tar.gz";
            var written = await WriteAsync(call, path, name, call.Result.GetValue(all), Math.Clamp(call.Result.GetValue(lines), 0, 100_000), cancellationToken);
            await call.Console.Out.WriteLineAsync(path);
            await call.Console.Error.WriteLineAsync($"{written.Files} files. Values, bodies and contents are left out; look into it before you send it all the same.");
            foreach (var unread in written.Unread)
                await call.Console.Error.WriteLineAsync($"Not in it: {Printable.Line(unread)}");
            if (written.IsFull)
                await call.Console.Error.WriteLineAsync($"Not everything is in it: it would be longer than {ReportArchive.Longest / 1024 / 1024} MiB. Report one namespace (-n), or fewer lines (--log-lines).");
            return 0;
        });
        return command;
    }

    private static async Task<(int Files, IReadOnlyList<string> Unread, bool IsFull)> WriteAsync(ClusterCall call, string path, string name, bool everywhere, int lines, CancellationToken cancellationToken)
    {
        // First of all, so that an unknown cluster or an expired token leaves no file behind.
        var versions = JsonSerializer.SerializeToNode(await MetVersions.ReadAsync(call, cancellationToken), VersionJson.Default.MetVersions)!;
        var partial = path + ".partial";
        try
        {
            int files;
            bool isFull;
            ReportGathering gathering;
            await using (var archive = new ReportArchive(Create(partial), name, call.Console.Time))
            {
                await archive.AddAsync("versions.yaml", versions, cancellationToken);
                gathering = new ReportGathering(call, archive, lines);
                await gathering.GatherMocksAsync(everywhere ? null : call.Namespace, cancellationToken);
                await gathering.GatherOperatorAsync(cancellationToken);
                await gathering.NoteAsync(cancellationToken);
                (files, isFull) = (archive.Files, archive.IsFull);
            }

            File.Move(partial, path, overwrite: true);
            return (files, gathering.Unread, isFull);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not Kubernetes.Forwarding.PodPortException)
        {
            throw new CommandException($"The file {path} cannot be written: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(partial))
                File.Delete(partial);
        }
    }

    // Nobody but whoever reports has to read it.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
