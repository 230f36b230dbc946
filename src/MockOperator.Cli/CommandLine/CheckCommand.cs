using System.CommandLine;
using System.Text.Json;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl-mock check</c>: says what would be served and what was not understood. Exit code 1 when there is such a thing.</summary>
internal static class CheckCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Postman exports, manifests, or directories of them.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<ReportFormat>("--output", "-o") { Description = "Text or Json.", DefaultValueFactory = _ => ReportFormat.Text };
        var command = new Command("check", "Report what can be served of the given files; exit code 1 when something was not understood.") { paths, format };
        command.SetAction(result => Check(result.GetValue(paths)!, result.GetValue(format)));
        return command;
    }

    private static int Check(string[] paths, ReportFormat format)
    {
        LoadReport report = LoadReport.Create(paths);
        if (format == ReportFormat.Json)
        {
            using Stream output = Console.OpenStandardOutput();
            using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
            {
                report.WriteJson(json);
            }

            output.WriteByte((byte)'\n');
        }
        else
        {
            report.WriteText(Console.Out);
        }

        return report.IsClean ? 0 : 1;
    }
}
