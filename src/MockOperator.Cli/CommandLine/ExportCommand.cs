using System.CommandLine;
using System.Text;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Collections;
using MockOperator.Kinds;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock export</c>: a Collection as Postman imports it.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("export", "Write a Collection as Postman imports it (v2.1).");
        var collection = MockArgument.Collection(options);
        var version = new Option<string?>("--version") { Description = "A version of it; default: CURRENT.", HelpName = "TAG" };
        var file = new Option<string?>("--output", "-o") { Description = "The file to write, which is replaced when it is there; default: what is printed.", HelpName = "FILE" };
        command.Arguments.Add(collection);
        command.Options.Add(version);
        command.Options.Add(file);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var name = call.Result.GetValue(collection)!;
            var document = await new CollectionStore(call.Cluster).ExportAsync(call.Key(name), call.Result.GetValue(version), cancellationToken)
                ?? throw await call.NoSuchAsync<Collection>(name, cancellationToken);
            if (call.Result.GetValue(file) is not { } path)
            {
                await call.Console.Out.WriteLineAsync(Encoding.UTF8.GetString(document.Span));
                return 0;
            }

            await WriteAsync(path, document, cancellationToken);
            await call.Console.Error.WriteLineAsync($"{path}: {document.Length} bytes");
            return 0;
        });
        return command;
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(path, document, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{path} cannot be written: {e.Message}", e);
        }
    }
}
